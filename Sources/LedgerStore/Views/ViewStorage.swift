package import EventLog

/// The rows of the read models: under each key a sequence of bytes that only grows, with the position the rows stand at.
/// Disposable: a fold of the log.
///
/// One thread checkpoints and merges; any number of threads read snapshots.
package protocol ViewStorage: Sendable {
    /// The position of the rows that `snapshot()` gives.
    var position: Position { get }

    /// The rows as committed now. Takes a lock and a reference, so that each question may have its own.
    ///
    /// Let it go soon: it keeps the pages it sees from being reused.
    /// - Throws: `.snapshotEnded` after the store was closed.
    func snapshot() throws(StoreError) -> any ViewSnapshot

    /// Appends the pieces to their rows and moves to the position, in one durable transaction.
    ///
    /// If it throws, nothing has changed; or it is committed and only not yet visible, for want of a reader slot. Either
    /// way call it again with the same pieces and position: they never count twice.
    ///
    /// - Parameters:
    ///   - pieces: sorted by key; at most `ViewLimits.checkpointSizeBytesMax`.
    ///   - position: after the present one, or the same one without pieces.
    /// - Throws: `.invalidRequest` if that is not so; `.outOfSpace`; `.corruptFold`; `.fatal`.
    func checkpoint(rows pieces: some ViewPieces, position: Position) throws(StoreError)

    /// One bounded step of joining runs, so that a lookup has few of them to ask: at most about 16 MiB are written. Call
    /// it after a checkpoint until it returns false; checkpoints may come between, reads go on meanwhile.
    ///
    /// - Returns: whether there may be more to do.
    func mergeStep() throws(StoreError) -> Bool

    /// Deletes all rows and goes back to `Position.beforeFirst`, durably. Snapshots stay as they are.
    func reset() throws(StoreError)

    /// Reads everything and compares checksums and order.
    ///
    /// - Throws: `.corruptFold`.
    func verify() throws(StoreError)

    /// Sizes and readers, for status.
    func usage() throws(StoreError) -> StorageUsage
}

/// The rows at one position. Any number of threads read it at once; it stays as it is until it is let go.
package protocol ViewSnapshot: AnyObject, Sendable {
    /// The position the rows stand at.
    var position: Position { get }

    /// Calls `body` with the row's pieces, in the order in which they were appended; neighbours may have been joined.
    ///
    /// The bytes stay where they are as long as the snapshot is held.
    /// - Returns: whether there is such a row. It may have no bytes.
    /// - Throws: `.corruptFold` if the row's bytes are not what was written.
    func forEachPiece(
        of key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(StoreError) -> Bool

    /// Calls `body` with each key once, in byte order, from the first that is not less than `key`.
    func scanKeys(
        from key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> ScanDecision
    ) throws(StoreError)

    /// Calls `body` with the rows in the byte order of their keys, from the first that is not less than `key`, each with
    /// its pieces joined. The bytes are valid until `body` returns.
    func scanRows(
        from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision
    ) throws(StoreError)
}

/// One row, where it lies: valid only as long as what lent it says.
package struct RowReference {
    /// 1 to `ViewLimits.keySizeBytesMax` bytes.
    package var key: UnsafeRawBufferPointer
    package var value: UnsafeRawBufferPointer

    @inlinable
    package init(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        self.key = key
        self.value = value
    }
}
