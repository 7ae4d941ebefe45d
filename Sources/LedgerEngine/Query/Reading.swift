import CampaignDomain
import EventLog
import LedgerStore

/// One question's view of the read models: position, `at` and directory are fixed; streams are read in short snapshots
/// and cut to that position, so all that is read through one `Reading` is of one moment however long it takes.
struct Reading {
    let projection: Projection
    /// The views it keeps to, whatever takes over meanwhile.
    let serving: ServingRows
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
            let (snapshot, frozen, fresh) = try projection.lock.withLock { (state) throws(StoreError) in
                let (snapshot, frozen, active) = try state.parts(of: serving)
                return (snapshot, frozen, active.facts(of: kind, key: key))
            }
            // What is frozen does not change: nobody has to wait while it is read.
            let overlays = [frozen?.facts(of: kind, key: key), fresh].compactMap { $0 }
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
            let (snapshot, frozen, fresh) = try projection.lock.withLock { (state) throws(StoreError) in
                let (snapshot, frozen, active) = try state.parts(of: serving)
                return (snapshot, frozen, keys.map { active.facts(of: .influencer, key: $0) })
            }
            var rows: [StreamRows] = []
            for (key, fresh) in zip(keys, fresh) {
                let overlays = [frozen?.facts(of: .influencer, key: key), fresh].compactMap { $0 }
                rows.append(try StreamRows(snapshot: snapshot, overlays: overlays, key: key))
            }
            return rows
        } catch {
            throw QueryFault(error)
        }
    }

    /// Throws where the order of events could not be read: what was made with it must not be given.
    func checkOrder() throws(QueryFault) {
        if let failure = order.failure { throw QueryFault(failure) }
    }
}

extension Overlay {
    /// A stream's facts; nil if there are none here.
    fileprivate func facts(of kind: CampaignDomain.SubjectKind, key: [UInt8]) -> [UInt8]? {
        key.withUnsafeBytes { key in
            let id = UnsafeRawBufferPointer(rebasing: key[1...])
            let hash = KeyHash(subjectKind: kind.recorded, subjectID: id).high
            return row(key[0], id, hash: hash).map { facts(of: $0) }
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
