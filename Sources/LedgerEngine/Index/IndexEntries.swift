import EventLog
import LedgerStore

/// The index entries of consecutive events, read from the log; its memory serves the next stretch too.
struct IndexEntries {
    /// The last event that was read.
    private(set) var last = Position.beforeFirst
    private(set) var identity: [IndexEntry] = []
    private(set) var stream: [IndexEntry] = []

    private static let pageRecords = 256

    /// Begins a stretch of so many events.
    mutating func begin(after position: Position, count: Int) {
        last = position
        identity.removeAll(keepingCapacity: true)
        stream.removeAll(keepingCapacity: true)
        identity.reserveCapacity(count)
        stream.reserveCapacity(count)
    }

    /// Reads the next events, some hundred at most.
    ///
    /// - Parameter end: the last one to read; at most the log's head.
    mutating func readPage(of log: any LogStorage, through end: Position) throws(StoreError) {
        let count = min(Self.pageRecords, Int(end.rawValue - last.rawValue))
        try log.read(from: last.next, limit: count) { at, record in
            identity.append(IndexEntry(hash: record.identityHash, position: at))
            stream.append(IndexEntry(hash: record.streamHash, position: at))
            last = at
            return .proceed
        }
    }
}
