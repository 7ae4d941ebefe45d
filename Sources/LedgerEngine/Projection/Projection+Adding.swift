import CampaignDomain
import EventLog
import LedgerStore

extension Projection {
    /// Facts added under one hold of the lock: queries wait no longer than that takes, tens of microseconds.
    static let factsPerHold = 256

    /// Adds the facts of consecutive events, those from `start` on and at most `factsPerHold`, and moves on to the last
    /// one's position.
    ///
    /// - Returns: the index behind the last fact added.
    func add(_ source: some FactSource, from start: Int) -> Int {
        let end = min(start + Self.factsPerHold, source.count)
        guard start < end else { return end }
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.factsPerHold) { hashes in
            for index in start..<end { hashes[index - start] = source.stream(at: index).hash }
            lock.withLock { state in
                state.active.warm(UnsafeBufferPointer(rebasing: hashes[..<(end - start)]))
                for index in start..<end { state.add(source, index) }
                state.position = source.first.advanced(by: end - 1)
                room.update(state.active.byteCount)
            }
        }
        return end
    }
}

extension Overlay {
    /// Adds the fact at an index of the source to its row, and the link that its event makes.
    @inline(__always)
    func add(_ source: some FactSource, _ index: Int) -> (FactStream, Row) {
        let stream = source.stream(at: index)
        let row = append(
            source.fact(at: index), at: source.first.advanced(by: index), to: ViewKeys.prefix(of: stream.kind),
            stream.id, hash: stream.hash)
        if stream.kind == .influencer {
            let campaign = source.campaignID(at: index)
            if !campaign.isEmpty { link(campaign, to: stream.id, row: row) }
        }
        return (stream, row)
    }

    /// Adds all facts of a source.
    func add(_ source: some FactSource) {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Projection.factsPerHold) { hashes in
            for start in stride(from: 0, to: source.count, by: Projection.factsPerHold) {
                let end = min(start + Projection.factsPerHold, source.count)
                for index in start..<end { hashes[index - start] = source.stream(at: index).hash }
                warm(UnsafeBufferPointer(rebasing: hashes[..<(end - start)]))
                for index in start..<end { _ = add(source, index) }
            }
        }
    }
}

extension Projection.State {
    @inline(__always)
    fileprivate mutating func add(_ source: some FactSource, _ index: Int) {
        let (stream, row) = active.add(source, index)
        guard stream.kind == .influencer else {
            return addToDirectory(source.fact(at: index), at: source.first.advanced(by: index), of: stream)
        }
        if active.mark(row, round: listMarks.round) { listMarks.add(stream.id) }
    }

    private mutating func addToDirectory(_ fact: UnsafeRawBufferPointer, at position: Position, of stream: FactStream) {
        var bytes = Array(fact)
        bytes.withUnsafeMutableBytes { bytes in
            if let base = bytes.baseAddress { FactFormat.setPosition(FactPosition(position.rawValue), at: base) }
        }
        var reader = FactReader(bytes)
        let content = reader.readFact()
        // Ad flights are the campaign's own evidence: a view made anew for each of them would be the same.
        if case .adflightRecorded = content.content { return }
        directory.insert(content, kind: stream.kind, id: String(decoding: stream.id, as: UTF8.self))
        directoryVersion += 1
    }
}

extension Directory {
    mutating func insert(_ fact: Fact, kind: CampaignDomain.SubjectKind, id: String) {
        switch kind {
        case .campaign:
            insert(fact, campaignID: id)
        case .policy:
            guard let policy = PolicyKind.allCases.first(where: { "\($0)" == id }) else {
                preconditionFailure("no policy kind is called \(id)")
            }
            insert(fact, policy: policy)
        case .influencer:
            preconditionFailure("an influencer's facts are no part of the directory")
        }
    }
}
