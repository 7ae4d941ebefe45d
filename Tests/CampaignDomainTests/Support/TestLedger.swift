@testable import CampaignDomain

/// A history in memory: rows of facts by subject, positions in order of arrival, identities to break ties by.
struct TestLedger: IdentityOrder {
    private(set) var rows: [String: [[UInt8]]] = [:]
    private(set) var identities: [(source: String, id: String)] = []
    private(set) var directory = Directory()

    /// Records events in their order; a repeat of an identity takes no position.
    init(_ events: [HistoryEvent]) {
        var positions: [String: UInt64] = [:]
        for event in events where positions[event.identity] == nil {
            positions[event.identity] = UInt64(positions.count + 1)
            identities.append((event.source, event.id))
        }
        var written: Set<String> = []
        for event in events where written.insert(event.identity).inserted {
            record(event, position: positions[event.identity]!, target: event.retracts.map { positions[$0]! })
        }
    }

    var head: Int { identities.count }

    func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool {
        let (left, right) = (identities[Int(a.rawValue) - 1], identities[Int(b.rawValue) - 1])
        return (left.source, left.id) < (right.source, right.id)
    }

    /// The identifiers of all streams of a kind, sorted.
    func ids(_ kind: SubjectKind) -> [String] {
        rows.keys.filter { $0.hasPrefix(kind.name + "/") }.map { String($0.dropFirst(kind.name.count + 1)) }.sorted()
    }

    func evidence(_ influencerID: String, _ asOf: AsOf) -> Evidence {
        Evidence(rows: rows["influencer/" + influencerID] ?? [], asOf: asOf, order: self)
    }

    func situation(_ influencerID: String, _ asOf: AsOf) -> Situation {
        Situation(evidence(influencerID, asOf), directory.view(asOf, order: self))
    }

    func media(_ campaignID: String, _ asOf: AsOf) -> CampaignEvidence {
        CampaignEvidence(rows: rows["campaign/" + campaignID] ?? [], asOf: asOf, order: self)
    }

    /// Each fact is a chunk of its own in every third row, so that rows are read across chunks.
    private mutating func record(_ event: HistoryEvent, position: UInt64, target: UInt64?) {
        var writer = FactWriter()
        writer.append(event, position: position, target: target)
        var chunks = rows[event.subject] ?? []
        if chunks.isEmpty || position % 3 == 0 {
            chunks.append(writer.bytes)
        } else {
            chunks[chunks.count - 1] += writer.bytes
        }
        rows[event.subject] = chunks
        var reader = FactReader(writer.bytes)
        let fact = reader.readFact()
        switch event.subject.split(separator: "/").first {
        case "campaign": directory.insert(fact, campaignID: event.data["campaignId"]!.string!)
        case "policy":
            let kind = PolicyKind(rawValue: UInt8(PolicyKind.names.firstIndex(of: event.data["kind"]!.string!)!))!
            directory.insert(fact, policy: kind)
        default: break
        }
    }
}
