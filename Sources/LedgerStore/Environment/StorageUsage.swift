/// What a store takes and who reads it, for status and metrics.
package struct StorageUsage: Hashable, Sendable {
    /// The size of the memory map: what the store may grow to before the map itself must grow.
    package var mapSizeBytes: UInt64
    /// The pages in use or free inside the file, in bytes. The file may be longer.
    package var usedBytes: UInt64
    /// The file's size, in bytes.
    package var fileSizeBytes: UInt64
    /// The reader slots there are.
    package var readersMax: Int
    /// The snapshots open now.
    package var readers: Int
    /// How long the oldest open snapshot has been open, in nanoseconds; 0 if none is.
    package var oldestReaderAgeNanoseconds: UInt64

    package init(
        mapSizeBytes: UInt64 = 0, usedBytes: UInt64 = 0, fileSizeBytes: UInt64 = 0, readersMax: Int = 0,
        readers: Int = 0, oldestReaderAgeNanoseconds: UInt64 = 0
    ) {
        self.mapSizeBytes = mapSizeBytes
        self.usedBytes = usedBytes
        self.fileSizeBytes = fileSizeBytes
        self.readersMax = readersMax
        self.readers = readers
        self.oldestReaderAgeNanoseconds = oldestReaderAgeNanoseconds
    }

    /// The used share of the map, in basis points (10000 is all of it).
    package var mapUseBasisPoints: Int {
        mapSizeBytes == 0 ? 0 : Int(usedBytes.multipliedReportingOverflow(by: 10_000).partialValue / mapSizeBytes)
    }
}

/// Whether a scan goes on after an element.
package enum ScanDecision: Sendable {
    case proceed
    case stop
}
