/// One campaign's own events that count at a moment: its opening, its closing and its paid ads.
public struct CampaignEvidence: Sendable {
    /// Paid ads of the campaign.
    public struct Flight: Sendable, Equatable {
        public let recorded: Stamp
        public let flightID: String
        public let from: Instant
        public let to: Instant
        public let spend: Money
        public let impressions: Int64
    }

    /// The earliest opening and the earliest closing.
    public private(set) var opened: (stamp: Stamp, opening: CampaignOpened)?
    public private(set) var closed: Stamp?
    /// The earliest of each identifier, by (time, source, id).
    public private(set) var flights: [Flight] = []
    /// The earliest time of an event known but dated after `at`. Nil: none is.
    public private(set) var nextFactTime: Instant?
    /// How many events count.
    public private(set) var count = 0

    /// - Parameter rows: whole facts in the order of their positions, all of one campaign's stream.
    public init(rows: [[UInt8]], asOf: AsOf, order: some IdentityOrder) {
        let retracted = Evidence.retracted(in: rows, asOf)
        var candidates: [Flight] = []
        for row in rows {
            var reader = FactReader(row)
            while !reader.isAtEnd {
                let fact = reader.readFact()
                guard asOf.knows(fact.position), !retracted.contains(fact.position) else { continue }
                if case .eventRetracted = fact.content { continue }
                if fact.time > asOf.at {
                    nextFactTime = min(nextFactTime ?? fact.time, fact.time)
                    continue
                }
                add(fact, to: &candidates, order)
            }
        }
        candidates.sort { order.precedes($0.recorded, $1.recorded) }
        var seen: Set<String> = []
        flights = candidates.filter { seen.insert($0.flightID).inserted }
    }

    /// Whether nothing of the campaign's own stream counts.
    public var isEmpty: Bool { count == 0 }

    /// The media of the campaign, by (time, source, id) of the flights.
    public func mediaPostings(campaignID: String) -> [Posting] {
        flights.filter { $0.spend.minorUnits > 0 }.map {
            Posting(
                campaignID: campaignID, debit: .media, credit: .mediaPayable, amount: $0.spend,
                day: $0.recorded.day, event: $0.recorded)
        }
    }

    private mutating func add(_ fact: Fact, to candidates: inout [Flight], _ order: some IdentityOrder) {
        let stamp = Stamp(time: fact.time, position: fact.position)
        count += 1
        switch fact.content {
        case .campaignOpened(let opening):
            if opened.map({ order.precedes(stamp, $0.stamp) }) ?? true { opened = (stamp, opening) }
        case .campaignClosed:
            if closed.map({ order.precedes(stamp, $0) }) ?? true { closed = stamp }
        case .adflightRecorded(let flight):
            candidates.append(
                Flight(
                    recorded: stamp, flightID: flight.flightID, from: flight.from, to: flight.to, spend: flight.spend,
                    impressions: flight.impressions))
        default: preconditionFailure("position \(fact.position.rawValue) is no fact of a campaign")
        }
    }
}
