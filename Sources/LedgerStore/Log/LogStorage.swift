package import EventLog

/// The log: records under dense positions, the only truth.
///
/// One thread appends; any number of threads read at the same time. Bodies must not call the storage again, nor keep
/// the pointers they are lent.
package protocol LogStorage: Sendable {
    /// The highest committed position; `Position.beforeFirst` if the log is empty.
    var head: Position { get }

    /// Commits all records of the batch durably, or none; `head` moves after that. An empty batch does nothing.
    ///
    /// - Throws: `.notDense`; `.outOfSpace`, after which a later append may succeed; `.fatal`, after which none will.
    func append(_ batch: RecordBatch) throws(StoreError)

    /// How long syncing the last append took, in nanoseconds. Called by the thread that appends.
    var lastSyncNanoseconds: UInt64 { get }

    /// Whether a small append would find room in map and on disk. Called by the thread that appends.
    ///
    /// - Throws: `.outOfSpace` if it would not.
    func checkRoom() throws(StoreError)

    /// Calls `body` with the records from `first` on, at most `limit`, until the head or until it says stop.
    ///
    /// One short read transaction; page by 256 or so. Each record's checksum is verified before it is lent.
    /// - Returns: the number of records lent.
    @discardableResult
    func read(
        from first: Position, limit: Int, _ body: (Position, RecordView) -> ScanDecision
    ) throws(StoreError) -> Int

    /// Lends the record at a position, its checksum verified.
    ///
    /// - Returns: what `body` returned; nil if the position is 0 or beyond the head.
    func withRecord<Result>(at position: Position, _ body: (RecordView) -> Result) throws(StoreError) -> Result?

    /// Sizes and readers, for status.
    func usage() throws(StoreError) -> StorageUsage

    /// Makes the map larger; waits for running reads and holds new ones back meanwhile. Smaller is no change.
    func grow(mapSizeBytes: UInt64) throws(StoreError)
}

extension LogStorage {
    /// The greatest number of records one read should lend, so that its transaction stays short.
    package static var pageRecords: Int { 256 }

    /// Of a log that syncs nothing.
    package var lastSyncNanoseconds: UInt64 { 0 }
}
