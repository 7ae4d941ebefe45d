/// How a data directory is opened.
package struct LedgerDirectoryOptions: Sendable {
    /// The map of log/, in bytes, at start and at most. A sparse map costs address space only.
    package var logMapSizeBytes: UInt64 = 64 << 30
    package var logMapSizeBytesMax: UInt64 = 1 << 40
    /// The map of views/, in bytes, from the start: what is read there must never move.
    package var viewsMapSizeBytes: UInt64 = 1 << 40
    /// The map of index/, in bytes, at start and at most.
    package var indexMapSizeBytes: UInt64 = 64 << 30
    package var indexMapSizeBytesMax: UInt64 = 1 << 40
    /// Reader slots of each of the three.
    package var readersMax: Int = 510
    /// The version of the read models' rows that are made now.
    package var viewsVersion: UInt32
    /// The versions of rows that serve and are gone on with, nil: that one alone; those of another version are deleted and
    /// rebuilt.
    package var readableViewsVersions: Set<UInt32>?
    /// 32 hexadecimal digits that name the ledger if this is its first start. From the caller, which has randomness.
    package var newLedgerIdentity: String

    package init(viewsVersion: UInt32, newLedgerIdentity: String) {
        self.viewsVersion = viewsVersion
        self.newLedgerIdentity = newLedgerIdentity
    }
}
