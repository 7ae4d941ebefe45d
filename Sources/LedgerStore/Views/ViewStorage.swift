package import EventLog

/// One row of a view, where it lies: valid only as long as what lent it says.
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

/// Limits of the views' store.
package enum ViewLimits {
    /// The longest key, in bytes; LMDB's own limit.
    package static let keySizeBytesMax = 511
}

/// The rows of the read models with the position they stand at. Disposable: a fold of the log.
///
/// One thread checkpoints; any number of threads read snapshots.
package protocol ViewStorage: Sendable {
    /// The position the committed rows stand at.
    var position: Position { get }

    /// A snapshot of the rows as committed now. End it soon: it keeps the pages it sees from being reused.
    func beginRead() throws(StoreError) -> any ViewSnapshot

    /// Puts the rows and the position in one durable transaction.
    ///
    /// - Parameters:
    ///   - rows: sorted by key in byte order, without repeats; existing rows of the same key are replaced. The bytes
    ///     must stay valid until this returns. Keep them under about 64 MiB.
    ///   - position: not less than the present one.
    func checkpoint(rows: some Collection<RowReference>, position: Position) throws(StoreError)

    /// Deletes all rows and goes back to `Position.beforeFirst`, durably.
    func reset() throws(StoreError)

    /// Sizes and readers, for status.
    func usage() throws(StoreError) -> StorageUsage
}

/// The rows at one position. Usable from any thread, by one at a time; ended explicitly, or when it is let go.
package protocol ViewSnapshot: AnyObject, Sendable {
    /// The position the rows stand at.
    var position: Position { get }

    /// Lends the value under `key`; nil if there is none.
    func withValue<Result>(
        for key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(StoreError) -> Result?

    /// Calls `body` with the rows in the byte order of their keys, from the first that is not less than `key`.
    func scan(from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision) throws(StoreError)

    /// Ends the snapshot; a second call does nothing, any other use after it throws `.snapshotEnded`.
    func end()
}
