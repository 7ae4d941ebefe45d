import CampaignDomain
import EventLog
import LedgerStore

/// Brings the index near the log's head at a start, and reads again into memory what remains.
///
/// A daemon that was killed left a tail of at most a checkpoint's size. A missing index is built anew, in checkpoints of
/// that size, so that memory stays bounded however long the log is.
struct IndexCatchUp {
    let log: any LogStorage
    let index: any IndexStorage
    /// Events of one checkpoint.
    let checkpointEvents: Int

    /// Events taken in at once: several checkpoints, so that their runs need not be merged, but no more than 64 MB of
    /// entries and as much to sort them, unless one checkpoint is more.
    private var eventsAtOnce: Int { min(4 * checkpointEvents, max(2_000_000, checkpointEvents)) }

    /// What the writer starts with.
    struct Start: Sendable {
        /// Events beyond the index.
        var tail: TailBatch?
        /// Recorded time of the newest event; recorded times never decrease.
        var lastRecordedTime = Instant(microseconds: 0)
    }

    func run() throws(StoreError) -> Start {
        do throws(StoreError) {
            return try catchUp()
        } catch .corruptFold {
            // An index that cannot be read is of no use and can be built again.
            try index.reset()
            return try catchUp()
        }
    }

    private func catchUp() throws(StoreError) -> Start {
        var start = Start()
        let head = log.head
        try index.beginRead().end()
        var entries = IndexEntries()
        while head.rawValue - index.position.rawValue > UInt64(checkpointEvents) {
            try read(after: index.position, limit: eventsAtOnce, &entries)
            try index.checkpoint(identity: entries.identity, stream: entries.stream, position: entries.last)
            while try index.mergeStep() {}
        }
        if index.position < head {
            try read(after: index.position, limit: checkpointEvents, &entries)
            start.tail = TailBatch(last: entries.last, identity: entries.identity, stream: entries.stream)
        }
        if let newest = try log.withRecord(at: head, { $0.recordedTimeMicroseconds }) {
            start.lastRecordedTime = Instant(microseconds: newest)
        }
        return start
    }

    /// The index entries of events after a position, at most `limit`.
    private func read(after position: Position, limit: Int, _ entries: inout IndexEntries) throws(StoreError) {
        let end = min(log.head, position.advanced(by: limit))
        entries.begin(after: position, count: Int(end.rawValue - position.rawValue))
        while entries.last < end { try entries.readPage(of: log, through: end) }
    }
}
