import Glibc
import LedgerStore

/// How much room there is: on the data directory's disk, and in the maps.
package struct SpaceMeasure: Sendable, Equatable {
    package struct Map: Sendable, Equatable {
        /// `log`, `views` or `index`.
        package var name: String
        package var usedBytes: UInt64
        /// The most that it may grow to.
        package var bytesMax: UInt64
        /// At the rate of the last minutes; nil while it does not grow.
        package var secondsUntilFull: UInt64?
    }

    /// What users without privilege may still write.
    package var diskFreeBytes: UInt64
    package var diskBytes: UInt64
    /// At the rate of the last minutes; nil while the free space does not shrink.
    package var diskSecondsUntilFull: UInt64?
    package var maps: [Map]

    /// Free and all bytes of the disk that a path is on; nil if the system does not say.
    static func disk(of path: String) -> (free: UInt64, all: UInt64)? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let size = UInt64(status.f_frsize)
        return (UInt64(status.f_bavail) * size, UInt64(status.f_blocks) * size)
    }
}
