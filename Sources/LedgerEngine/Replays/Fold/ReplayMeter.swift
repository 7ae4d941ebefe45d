/// Measures a replay's work and rests for it, in slices long enough that going to sleep costs little.
struct ReplayMeter {
    private let progress: ReplayProgress
    private var began = monotonicNanoseconds()
    private var writtenBytes = 0
    /// Whether it takes its cores as far as nobody else wants them: near the end of a replay that would else never catch
    /// up with what comes meanwhile. It can still be called off.
    var isHurried = false

    /// How long it works before it rests, in nanoseconds.
    private static let sliceNanoseconds: UInt64 = 10_000_000

    init(_ progress: ReplayProgress) {
        self.progress = progress
    }

    /// Begins to measure: what was before is no work.
    mutating func begin() {
        began = monotonicNanoseconds()
    }

    mutating func wrote(_ bytes: Int) {
        writtenBytes += bytes
    }

    /// Rests if a slice of work is done; called after each piece of it.
    ///
    /// - Throws: `.cancelled`.
    mutating func pause() throws(ReplayFault) {
        let worked = monotonicNanoseconds() - began
        guard worked >= Self.sliceNanoseconds || writtenBytes > 0 else { return try progress.checkCalledOff() }
        let written = writtenBytes
        writtenBytes = 0
        try progress.rest(worked: isHurried ? 0 : worked, writtenBytes: isHurried ? 0 : written)
        began = monotonicNanoseconds()
    }
}
