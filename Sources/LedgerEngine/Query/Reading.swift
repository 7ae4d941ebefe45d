import CampaignDomain
import EventLog
import LedgerStore

/// One question's view of the read models: position, `at` and directory are fixed; streams are read in short snapshots
/// and cut to that position, so all that is read through one `Reading` is of one moment however long it takes.
struct Reading {
    let projection: Projection
    let order: LogIdentityOrder
    let asOf: AsOf
    let view: DirectoryView
    /// The position the answer is of.
    let position: Position

    /// An influencer's evidence; empty if no event of theirs counts.
    func evidence(ofInfluencer id: String) throws(QueryFault) -> Evidence {
        let rows = try rows(.influencer, id)
        let evidence = Evidence(rows: rows.pieces, asOf: asOf, order: order)
        try checkOrder()
        return evidence
    }

    /// A campaign's own stream.
    func evidence(ofCampaign id: String) throws(QueryFault) -> CampaignEvidence {
        let rows = try rows(.campaign, id)
        let evidence = CampaignEvidence(rows: rows.pieces, asOf: asOf, order: order)
        try checkOrder()
        return evidence
    }

    /// An influencer assessed; nil if no event of theirs counts.
    func assess(_ id: String) throws(QueryFault) -> InfluencerAnswer? {
        guard let situation = try situation(of: id) else { return nil }
        let answer = situation.assess()
        try checkOrder()
        return answer
    }

    /// An influencer's judged evidence; nil if no event of theirs counts.
    func situation(of id: String) throws(QueryFault) -> Situation? {
        let evidence = try evidence(ofInfluencer: id)
        return evidence.isEmpty ? nil : Situation(evidence, view)
    }

    /// The facts of a stream as they are now; `asOf` cuts them when they are read.
    func rows(_ kind: CampaignDomain.SubjectKind, _ id: String) throws(QueryFault) -> StreamRows {
        // A question may name anything; what is no identifier has no stream.
        guard Identifier.isWellFormed(id) else { return StreamRows(pieces: []) }
        let key = ViewKeys.key(ViewKeys.prefix(of: kind), id)
        do {
            let (snapshot, overlays) = try projection.lock.withLock { (state) throws(StoreError) in
                (try projection.views.snapshot(), state.facts(of: kind, key: key))
            }
            return try StreamRows(snapshot: snapshot, overlays: overlays, key: key)
        } catch {
            throw QueryFault(error)
        }
    }

    /// The facts of several influencers' streams, which are read under one hold of the lock.
    ///
    /// - Parameter ids: well-formed; some tens, so that nobody waits long for the lock.
    func rows(ofInfluencers ids: ArraySlice<String>) throws(QueryFault) -> [StreamRows] {
        let keys = ids.map { ViewKeys.key(ViewKeys.influencer, $0) }
        do {
            let (snapshot, overlays) = try projection.lock.withLock { (state) throws(StoreError) in
                (try projection.views.snapshot(), keys.map { state.facts(of: .influencer, key: $0) })
            }
            var rows: [StreamRows] = []
            for (key, overlays) in zip(keys, overlays) {
                rows.append(try StreamRows(snapshot: snapshot, overlays: overlays, key: key))
            }
            return rows
        } catch {
            throw QueryFault(error)
        }
    }

    /// Identifiers behind a key prefix, in order, after one of them: streams of a kind, or members of a campaign.
    func identifiers(_ prefix: [UInt8], after: String?, limit: Int) throws(QueryFault) -> [String] {
        do {
            let (snapshot, fresh) = try projection.lock.withLock { (state) throws(StoreError) in
                (
                    try projection.views.snapshot(),
                    [state.frozen, state.active].flatMap { overlay in
                        overlay?.identifiers(prefix, after: after, limit: limit) ?? []
                    }
                )
            }
            let committed = try snapshot.identifiers(prefix, after: after, limit: limit)
            return Array(Set(committed).union(fresh).sorted().prefix(limit))
        } catch {
            throw QueryFault(error)
        }
    }

    /// Throws where the order of events could not be read: what was made with it must not be given.
    func checkOrder() throws(QueryFault) {
        if let failure = order.failure { throw QueryFault(failure) }
    }
}

extension Projection.State {
    /// A stream's facts that were folded since the checkpoint, older ones first.
    fileprivate func facts(of kind: CampaignDomain.SubjectKind, key: [UInt8]) -> [[UInt8]] {
        key.withUnsafeBytes { key in
            let id = UnsafeRawBufferPointer(rebasing: key[1...])
            let hash = KeyHash(subjectKind: kind.recorded, subjectID: id).high
            return [frozen, active].compactMap { overlay in
                overlay.flatMap { overlay in overlay.row(key[0], id, hash: hash).map { overlay.facts(of: $0) } }
            }
        }
    }
}

extension QueryFault {
    init(_ error: StoreError) {
        switch error {
        case .corruptRecord(let position, _): self = .corruptRecord(position, "\(error)")
        default: self = .storage("\(error)")
        }
    }
}

extension Overlay {
    /// The first identifiers behind a prefix, in order, after one of them; at most `limit`.
    func identifiers(_ prefix: [UInt8], after: String?, limit: Int) -> [String] {
        let bound = prefix + (after.map { Array($0.utf8) + [ViewKeys.afterSeparator] } ?? [])
        var keys: [UnsafeRawBufferPointer] = []
        bound.withUnsafeBytes { bound in
            for row in rows {
                let key = key(of: row)
                if key.starts(withBytes: prefix), !key.isLess(than: bound) { keys.append(key) }
            }
        }
        keys.sort { $0.isLess(than: $1) }
        var found: [String] = []
        for key in keys where found.count < limit {
            let rest = key.dropFirst(prefix.count)
            let id = String(decoding: rest.prefix { $0 != ViewKeys.separator }, as: UTF8.self)
            if found.last != id { found.append(id) }
        }
        return found
    }
}

extension ViewSnapshot {
    /// Identifiers behind a prefix, in order. One search each: rows between them are passed over.
    func identifiers(_ prefix: [UInt8], after: String?, limit: Int) throws(StoreError) -> [String] {
        var ids: [String] = []
        var start = prefix
        if let after { start += Array(after.utf8) + [ViewKeys.afterSeparator] }
        while ids.count < limit {
            var found: String?
            try start.withBytes { (start) throws(StoreError) in
                try scanKeys(from: start) { key in
                    guard key.starts(withBytes: prefix) else { return .stop }
                    let rest = key.dropFirst(prefix.count)
                    found = String(decoding: rest.prefix { $0 != ViewKeys.separator }, as: UTF8.self)
                    return .stop
                }
            }
            guard let found else { break }
            ids.append(found)
            start = prefix + Array(found.utf8) + [ViewKeys.afterSeparator]
        }
        return ids
    }
}
