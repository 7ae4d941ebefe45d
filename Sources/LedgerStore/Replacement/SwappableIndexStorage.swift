package import EventLog

/// The index that serves, whichever it is: one that was built beside it takes over without anybody noticing.
package final class SwappableIndexStorage: IndexStorage {
    package let fold: ReplaceableFold<LMDBIndexStorage>

    init(_ fold: ReplaceableFold<LMDBIndexStorage>) {
        self.fold = fold
    }

    package var position: Position { fold.current.position }

    package func checkpoint(
        identity: [IndexEntry], stream: [IndexEntry], position: Position
    ) throws(StoreError) {
        try fold.current.checkpoint(identity: identity, stream: stream, position: position)
    }

    package func mergeStep() throws(StoreError) -> Bool {
        try fold.current.mergeStep()
    }

    package func checkStep() throws(StoreError) -> Bool {
        try fold.current.checkStep()
    }

    package func beginRead() throws(StoreError) -> any IndexSnapshot {
        try SwappableIndexSnapshot(fold)
    }

    package func beginScan() throws(StoreError) -> any IndexScan {
        try fold.current.beginScan()
    }

    package func reset() throws(StoreError) {
        try fold.current.reset()
    }

    package func verify() throws(StoreError) {
        try fold.current.verify()
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try fold.current.usage()
    }
}

/// A snapshot of the index that served when it was refreshed last.
///
/// `@unchecked Sendable`: usable from any thread but by one at a time, as the protocol says.
private final class SwappableIndexSnapshot: IndexSnapshot, @unchecked Sendable {
    private let fold: ReplaceableFold<LMDBIndexStorage>
    private var storage: LMDBIndexStorage
    private var snapshot: any IndexSnapshot

    init(_ fold: ReplaceableFold<LMDBIndexStorage>) throws(StoreError) {
        self.fold = fold
        storage = fold.current
        snapshot = try storage.beginRead()
    }

    var position: Position { snapshot.position }

    var isReplaced: Bool { fold.current !== storage }

    func refresh() throws(StoreError) {
        let current = fold.current
        guard current !== storage else { return try snapshot.refresh() }
        // The new one first: if it cannot be had, the old one stays, with all that it knows.
        let fresh = try current.beginRead()
        snapshot.end()
        (storage, snapshot) = (current, fresh)
    }

    func identityMayContain(_ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>) {
        snapshot.identityMayContain(keys, answers)
    }

    func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) throws(StoreError) {
        try snapshot.identityCandidates(key, body)
    }

    func streamCount(_ key: IndexKey) throws(StoreError) -> Int {
        try snapshot.streamCount(key)
    }

    func streamPositions(_ key: IndexKey, after: Position, limit: Int) throws(StoreError) -> [Position] {
        try snapshot.streamPositions(key, after: after, limit: limit)
    }

    func end() {
        snapshot.end()
    }
}
