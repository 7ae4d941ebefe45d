package import EventLog

/// The two indexes: event identity → position, and stream → positions. Disposable: a fold of the log.
///
/// One thread checkpoints and merges; any number of threads read snapshots. What a lookup finds are candidates: 88 bits
/// of the key's hash agree. Positions are at most `Position.indexable`.
package protocol IndexStorage: Sendable {
    /// The position the committed entries stand at.
    var position: Position { get }

    /// Adds the entries of the events after the present position up to `position`, in one durable transaction.
    ///
    /// In any order, best by position (that sorts fastest). Each entry's position lies after the present position and
    /// not after the new one.
    func checkpoint(identity: [IndexEntry], stream: [IndexEntry], position: Position) throws(StoreError)

    /// One bounded step of joining runs, so that lookups have few of them to ask. Call it after a checkpoint until it
    /// returns false; appends and reads go on meanwhile.
    ///
    /// - Returns: whether there may be more to do.
    func mergeStep() throws(StoreError) -> Bool

    /// One bounded step of comparing the checksums of what was there when the index was opened, so that damage is found
    /// before a lookup meets it. Call it after the opening, when there is time, until it returns false.
    ///
    /// - Returns: whether there may be more to do.
    /// - Throws: `.corruptFold`.
    func checkStep() throws(StoreError) -> Bool

    /// A snapshot of the entries as committed now; may be held long, but refreshed after each checkpoint.
    func beginRead() throws(StoreError) -> any IndexSnapshot

    /// All entries as committed now, in order: to compare them with the log. Let it go soon, as it keeps pages from being
    /// reused.
    func beginScan() throws(StoreError) -> any IndexScan

    /// Deletes all entries and goes back to `Position.beforeFirst`, durably.
    func reset() throws(StoreError)

    /// Reads everything and compares checksums and order.
    ///
    /// - Throws: `.corruptFold`.
    func verify() throws(StoreError)

    /// Sizes and readers, for status.
    func usage() throws(StoreError) -> StorageUsage
}

/// The entries at one position. Usable from any thread, by one at a time; ended explicitly, or when it is let go.
///
/// After `end()` it holds nothing until `refresh()`.
package protocol IndexSnapshot: AnyObject, Sendable {
    /// The position the entries stand at.
    var position: Position { get }

    /// Whether another index serves by now than the one this is of: then it is right, and never moves on but by `refresh`.
    var isReplaced: Bool { get }

    /// Moves on to the entries as committed now.
    func refresh() throws(StoreError)

    /// Whether an event with each of the identities may be there; false is certain. For the others ask for candidates.
    ///
    /// Made for all keys of a request at once: their cache misses overlap.
    /// - Parameter answers: as many as there are keys.
    func identityMayContain(_ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>)

    /// Calls `body` with the position of each event whose identity may be the one looked for, in ascending order.
    ///
    /// - Throws: `.corruptFold` if what it had to read is not what was written, as the following do.
    func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) throws(StoreError)

    /// The number of the stream's events.
    func streamCount(_ key: IndexKey) throws(StoreError) -> Int

    /// The positions of the stream's events after `after`, ascending, at most `limit`.
    func streamPositions(_ key: IndexKey, after: Position, limit: Int) throws(StoreError) -> [Position]

    /// Ends the snapshot and frees what it pins; a second call does nothing.
    func end()
}

extension IndexSnapshot {
    package var isReplaced: Bool { false }
}

/// All entries of the two indexes at one position, each index in the order of (key, value). Used by one thread.
package protocol IndexScan: AnyObject {
    /// The position the entries stand at.
    var position: Position { get }

    /// The next entries of an index, at most `limit`; none at its end.
    ///
    /// - Throws: `.corruptFold` if what it had to read is not what was written; it cannot go on then.
    func next(_ family: IndexFamily, limit: Int) throws(StoreError) -> [IndexEntry]
}
