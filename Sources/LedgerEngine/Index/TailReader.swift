import CampaignDomain
import EventLog
import LedgerStore

/// Reads again, at a start, what the log has beyond the index.
struct TailReader {
    let log: any LogStorage
    let index: any IndexStorage

    struct Tail: Sendable {
        var batches: [TailBatch] = []
        /// Recorded time of the newest event; recorded times never decrease.
        var lastRecordedTime = Instant(microseconds: 0)
    }

    /// Events in one batch of the tail.
    private static let batchEvents = 65_536

    func read() throws(StoreError) -> Tail {
        var tail = Tail()
        var identity: [IndexEntry] = []
        var stream: [IndexEntry] = []
        var position = index.position
        let head = log.head
        while position < head {
            try log.read(from: position.next, limit: 256) { at, record in
                identity.append(IndexEntry(hash: record.identityHash, position: at))
                stream.append(IndexEntry(hash: record.streamHash, position: at))
                position = at
                return .proceed
            }
            if identity.count >= Self.batchEvents || position == head {
                tail.batches.append(TailBatch(last: position, identity: identity, stream: stream))
                identity.removeAll(keepingCapacity: true)
                stream.removeAll(keepingCapacity: true)
            }
        }
        if let newest = try log.withRecord(at: head, { $0.recordedTimeMicroseconds }) {
            tail.lastRecordedTime = Instant(microseconds: newest)
        }
        return tail
    }
}
