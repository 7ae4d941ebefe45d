import CampaignCoding
import CampaignDomain
package import EventLog
import LedgerStore

extension Ledger {
    /// The highest committed position.
    package var head: Position { log.head }

    /// Records examined in one call, so that no read transaction is long.
    private static let recordsPerChunk = 256
    /// Bytes of text after which a call ends.
    private static let chunkBytesMax = 1 << 20

    /// Events after one position and up to another that pass the filter, as CloudEvents.
    ///
    /// A bounded number of records is examined: go on after `examined` until it reaches `through`.
    /// - Parameters:
    ///   - limit: lines at most, at least 1.
    ///   - withPoster: whether the lines say who posted, as an import wants it.
    package func events(
        after: Position, through: Position, limit: Int, filter: EventFilter, withPoster: Bool = false
    ) throws(QueryFault) -> EventChunk {
        let through = min(through, log.head)
        var chunk = EventChunk(examined: max(after, .beforeFirst))
        guard after < through else {
            chunk.examined = max(after, through)
            return chunk
        }
        let match = EventMatch(filter, tables: tables)
        let writer = CloudEventWriter(tables: tables)
        var failure: QueryFault?
        func visit(_ position: Position, _ record: RecordView) -> ScanDecision {
            guard position <= through else { return .stop }
            chunk.examined = position
            guard match.passes(record) else { return .proceed }
            do {
                try writer.append(record, position: position, withPoster: withPoster, to: &chunk.lines)
            } catch {
                failure = .corruptRecord(position, "\(error)")
                return .stop
            }
            chunk.lines.append(UInt8(ascii: "\n"))
            chunk.positions.append(position.rawValue)
            return chunk.positions.count < limit && chunk.lines.count < Self.chunkBytesMax ? .proceed : .stop
        }
        do {
            if let stream = match.stream {
                let covered = try visitStream(stream, after: after, through: through, visit)
                if let covered { chunk.examined = max(after, min(through, covered)) }
            } else {
                try log.read(from: after.next, limit: Self.recordsPerChunk, visit)
            }
        } catch {
            throw QueryFault(error)
        }
        if let failure { throw failure }
        return chunk
    }

    /// One event as a CloudEvent, without a line feed; nil beyond the head.
    package func event(at position: Position) throws(QueryFault) -> [UInt8]? {
        guard position >= .first, position <= log.head else { return nil }
        let chunk = try events(
            after: Position(position.rawValue - 1), through: position, limit: 1, filter: EventFilter())
        return chunk.lines.dropLast()
    }

    /// Waits until the head is behind a position.
    ///
    /// - Returns: the head, which is not if the ledger was closed or the task cancelled meanwhile.
    package func waitForHead(after position: Position) async -> Position {
        // A client may name any position; behind the last there is nothing to wait for.
        guard position < .indexable else { return log.head }
        _ = await headWaiters.wait(for: position.next, atMost: nil)
        return log.head
    }

    /// Waits until the head reaches a position, as queries wait for `minPosition`.
    package func waitForHead(reaching position: Position) async throws(QueryFault) {
        let timeout = UInt64(settings.minPositionTimeoutSeconds) * 1_000_000_000
        guard await headWaiters.wait(for: position, atMost: timeout) else {
            if Task.isCancelled { throw .closed }
            throw .minPositionTimeout(position, stands: log.head)
        }
    }

    /// Whether a stream has events, whatever became of them.
    package func hasEvents(subject: String) throws(QueryFault) -> Bool {
        let head = log.head
        let chunk = try events(after: .beforeFirst, through: head, limit: 1, filter: EventFilter(subject: subject))
        return !chunk.positions.isEmpty
    }

    /// Visits a stream's events through the index and the tail beside it.
    ///
    /// - Returns: nil if there may be more of them to visit; else how far index and tail were known to reach, which a
    ///   moment after a commit is less than `through`.
    private func visitStream(
        _ stream: KeyHash, after: Position, through: Position,
        _ visit: (Position, RecordView) -> ScanDecision
    ) throws(StoreError) -> Position? {
        // The tail first: what leaves it meanwhile is in the index by then.
        let batches = tail.batches
        let snapshot = try index.beginRead()
        defer { snapshot.end() }
        var positions = try snapshot.streamPositions(stream.indexKey, after: after, limit: Self.recordsPerChunk)
        if positions.count < Self.recordsPerChunk {
            let indexed = snapshot.position
            for batch in batches where batch.last > indexed {
                for entry in batch.stream where entry.indexKey == stream.indexKey {
                    if entry.position > after, entry.position > indexed { positions.append(entry.position) }
                }
            }
        }
        let page = positions.prefix(Self.recordsPerChunk)
        for position in page {
            if position > through { return through }
            let decision = try log.withRecord(at: position) { visit(position, $0) }
            if decision != .proceed { return nil }
        }
        return positions.count < Self.recordsPerChunk ? max(snapshot.position, batches.last?.last ?? .beforeFirst) : nil
    }
}

/// A filter made ready for many records.
private struct EventMatch {
    private let types: Set<UInt16>?
    private let since: Int64
    private let until: Int64
    private let subject: (kind: EventLog.SubjectKind, id: [UInt8])?
    /// Set if a subject is asked for; a stream nobody can have matches nothing.
    let stream: KeyHash?

    init(_ filter: EventFilter, tables: CatalogueTables) {
        types =
            filter.types.isEmpty ? nil : Set(filter.types.compactMap { tables.type(named: $0)?.rawValue })
        since = filter.since?.microseconds ?? .min
        until = filter.until?.microseconds ?? .max
        guard let text = filter.subject else {
            subject = nil
            stream = nil
            return
        }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let kind = CampaignDomain.SubjectKind.allCases.first { parts.count == 2 && $0.name == parts[0] }
        let id = parts.count == 2 ? Array(parts[1].utf8) : []
        let stored = kind.flatMap { EventLog.SubjectKind(rawValue: $0.rawValue) } ?? .influencer
        subject = (stored, kind == nil ? [] : id)
        stream = (kind == nil ? [] : id).withUnsafeBytes { KeyHash(subjectKind: stored, subjectID: $0) }
    }

    func passes(_ record: RecordView) -> Bool {
        if let types, !types.contains(record.typeCode) { return false }
        if record.timeMicroseconds < since || record.timeMicroseconds > until { return false }
        guard let subject else { return true }
        return record.subjectKind == subject.kind && record.subjectID.elementsEqual(subject.id)
    }
}
