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
    private var identityEntries: [IndexEntry] = []
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

    /// Looks the event's identity up, for ever back.
    func known(_ event: AdmittedEvent, in batch: AdmittedBatch) throws(StoreError) -> Known {
        var candidates: [Position] = []
        let key = event.identity.indexKey
        identities.candidates(key) { candidates.append($0) }
        snapshot.identityCandidates(key) { position in
            candidates.append(position)
            return .proceed
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
    mutating func revision(of stream: KeyHash) -> Revision {
        let key = stream.indexKey
        return Revision(UInt64(snapshot.streamCount(key) + streams.count(key)))
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
        identityEntries.append(entry)
        streams.add(IndexEntry(hash: event.stream, position: position))
        return position
    }

    /// Takes events back that were added last.
    mutating func truncateGroup(toCount count: Int) {
        while group.count > count {
            identities.removeNewest(identityEntries.removeLast())
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
            last: batch.last, identity: Array(identityEntries.suffix(batch.count)),
            stream: streams.newest(batch.count))
    }

    /// The group did not become part of the log: forgets its events.
    mutating func discard(_ batch: RecordBatch) {
        for _ in 0..<batch.count {
            identities.removeNewest(identityEntries.removeLast())
            streams.removeNewest()
        }
        group = RecordBatchBuilder(first: batch.first)
    }

    /// Moves on to the index as it is now and forgets what it holds.
    ///
    /// - Parameter always: also if its position has not moved, so that a snapshot pins no pages that merges freed.
    mutating func followIndex(tail: IndexTail, always: Bool) throws(StoreError) {
        let before = snapshot.position
        guard always || index.position > before else { return }
        precondition(group.count == 0, "the index is followed between groups")
        // The tail first: what the indexer drops from it meanwhile is in the index by then.
        let batches = tail.batches
        try snapshot.refresh()
        if snapshot.position > before { load(batches.filter { $0.last > snapshot.position }) }
    }

    /// Replaces what is known beside the index.
    mutating func load(_ batches: [TailBatch]) {
        identityEntries = batches.flatMap(\.identity)
        streams = StreamCounts(batches.flatMap(\.stream))
        identities = IdentityTable(minimumCapacity: identityEntries.count)
        for entry in identityEntries { identities.insert(entry) }
    }
}
