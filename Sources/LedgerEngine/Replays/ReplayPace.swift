/// What share of the machine a replay may take while the ledger serves.
///
/// A replay's threads are nicer than all others, and rest in proportion to what they worked; what they write counts as
/// work too, so that they leave the disk to the posts.
package struct ReplayPace: Sendable, Equatable {
    /// Threads that fold at a time, at least 1.
    package var cores: Int
    /// Of each hundred parts of those cores' time it takes so many, 1 to 100.
    package var sharePercent: Int
    /// Bytes it writes a second at most; nil is no bound.
    package var diskBytesPerSecond: Int?

    package init(cores: Int = 1, sharePercent: Int = 50, diskBytesPerSecond: Int? = 64 << 20) {
        self.cores = max(1, cores)
        self.sharePercent = min(max(1, sharePercent), 100)
        self.diskBytesPerSecond = diskBytesPerSecond
    }

    /// As fast as it can: where nobody is served meanwhile.
    package static func unlimited(cores: Int) -> ReplayPace {
        ReplayPace(cores: cores, sharePercent: 100, diskBytesPerSecond: nil)
    }

    /// Cores that a replay can be given: those this process may run on.
    package static let coresMax = processorCount()

    /// Niceness of a replay's threads: behind the read models' (5), so that lag does not grow because of it.
    static let niceness: Int32 = 10

    /// How long to rest after a piece of work, in nanoseconds.
    ///
    /// - Parameters:
    ///   - worked: nanoseconds that it took.
    ///   - writtenBytes: bytes that it wrote.
    func rest(worked: UInt64, writtenBytes: Int = 0) -> UInt64 {
        let ofCores = worked / UInt64(sharePercent) * UInt64(100 - sharePercent)
        guard let bound = diskBytesPerSecond, writtenBytes > 0 else { return ofCores }
        let needed = UInt64(writtenBytes) * 1_000_000_000 / UInt64(max(1, bound))
        return max(ofCores, needed > worked ? needed - worked : 0)
    }
}
