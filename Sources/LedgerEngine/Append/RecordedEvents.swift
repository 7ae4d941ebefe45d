import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore

/// What is recorded, as the writer's decisions need it: by identity, by stream, by position; the group that is being
/// put together counts as recorded. Owned by the writer's thread.
///
/// Invariant: the index' snapshot holds every event up to its position, `identities` and `streams` every one after it.
struct RecordedEvents: ~Copyable {
    private let log: any LogStorage
    private let index: any IndexStorage
    private let snapshot: any IndexSnapshot
    private let comparison: ContentComparison
    private var identities = IdentityTable()
    /// Of each event of the request in hand, whether the index may hold its identity.
    private var mayBeIndexed: [Bool] = []
    private var keys: [IndexKey] = []
    private var streams = StreamCounts()
    /// The group under way: records that will be committed together.
    private(set) var group: RecordBatchBuilder

    init(log: any LogStorage, index: any IndexStorage, tables: CatalogueTables) throws(StoreError) {
        self.log = log
        self.index = index
        snapshot = try index.beginRead()
        comparison = ContentComparison(tables: tables)
        group = RecordBatchBuilder(first: log.head.next)
    }

    /// What is known of an event's identity.
    enum Known {
        case new
        case same(Position)
        case other(Position)
    }

    /// Makes the lookups of a request's identities ready, all at once: where they lie, memory is far and its waits
    /// overlap. Call it before `known`.
    mutating func prepare(_ batch: AdmittedBatch) {
        keys.removeAll(keepingCapacity: true)
        for event in batch.events {
            keys.append(event.identity.indexKey)
            identities.warm(event.identity.high)
        }
        let missing = keys.count - mayBeIndexed.count
        if missing > 0 { mayBeIndexed.append(contentsOf: repeatElement(false, count: missing)) }
        keys.withUnsafeBufferPointer { keys in
            mayBeIndexed.withUnsafeMutableBufferPointer { answers in
                snapshot.identityMayContain(keys, UnsafeMutableBufferPointer(rebasing: answers[..<keys.count]))
            }
        }
    }

    /// Looks an event's identity up, for ever back.
    ///
    /// - Parameter number: the event's in the batch that was prepared.
    func known(_ number: Int, in batch: AdmittedBatch) throws(StoreError) -> Known {
        let event = batch.events[number]
        var candidates: [Position] = []
        let key = event.identity.indexKey
        identities.candidates(key) { candidates.append($0) }
        if mayBeIndexed[number] {
            try snapshot.identityCandidates(key) { position in
                candidates.append(position)
                return .proceed
            }
        }
        for position in candidates {
            let proposed = batch.record(of: event)
            let known: Known? = try withRecord(at: position) { record in
                guard record.source.elementsEqual(proposed.source), record.id.elementsEqual(proposed.id) else {
                    return nil
                }
                return comparison.isSame(record, as: event, in: batch) ? .same(position) : .other(position)
            }
            if let known { return known }
        }
        return .new
    }

    /// The number of events of a stream, those of the group included.
    mutating func revision(of stream: KeyHash) throws(StoreError) -> Revision {
        let key = stream.indexKey
        return Revision(UInt64(try snapshot.streamCount(key) + streams.count(key)))
    }

    /// Lends a committed record or one of the group; nil if there is no such position.
    func withRecord<Result>(at position: Position, _ body: (RecordView) -> Result?) throws(StoreError) -> Result? {
        if position >= group.first {
            let offset = Int(position.rawValue - group.first.rawValue)
            return offset < group.count ? body(group.record(at: offset)) : nil
        }
        let found: Result?? = try log.withRecord(at: position, body)
        return found ?? nil
    }

    /// Adds an event to the group.
    mutating func append(_ event: AdmittedEvent, of batch: AdmittedBatch, recordedTime: Instant) -> Position {
        let position = group.append(batch.preparedRecord(of: event), recordedTime: recordedTime.microseconds)
        let entry = IndexEntry(hash: event.identity, position: position)
        identities.insert(entry)
        streams.add(IndexEntry(hash: event.stream, position: position))
        return position
    }

    /// Takes events back that were added last.
    mutating func truncateGroup(toCount count: Int) {
        while group.count > count {
            identities.removeNewest()
            streams.removeNewest()
            group.truncate(toCount: group.count - 1)
        }
    }

    /// Ends the group: gives its records and begins the next one behind them. Call `committed` or `truncate` next.
    mutating func takeGroup() -> RecordBatch {
        var next = RecordBatchBuilder(first: group.next)
        swap(&next, &group)
        return next.finish()
    }

    /// The group became part of the log.
    mutating func committed(_ batch: RecordBatch) -> TailBatch {
        TailBatch(
            last: batch.last, identity: Array(identities.entries.suffix(batch.count)),
            stream: streams.newest(batch.count))
    }

    /// The group did not become part of the log: forgets its events.
    mutating func discard(_ batch: RecordBatch) {
        for _ in 0..<batch.count {
            identities.removeNewest()
            streams.removeNewest()
        }
        group = RecordBatchBuilder(first: batch.first)
    }

    /// Moves on to the index as it is now and forgets what it holds.
    ///
    /// - Parameter always: also if its position has not moved, so that a snapshot pins no pages that merges freed.
    mutating func followIndex(tail: IndexTail, always: Bool) throws(StoreError) {
        let before = snapshot.position
        guard always || index.position > before || snapshot.isReplaced else { return }
        precondition(group.count == 0, "the index is followed between groups")
        // The tail first: what the indexer drops from it meanwhile is in the index by then.
        let batches = tail.batches
        try snapshot.refresh()
        if snapshot.position > before { load(batches.filter { $0.last > snapshot.position }) }
    }

    /// Replaces what is known beside the index.
    mutating func load(_ batches: [TailBatch]) {
        identities = IdentityTable(batches.flatMap(\.identity))
        streams = StreamCounts(batches.flatMap(\.stream))
    }
}
