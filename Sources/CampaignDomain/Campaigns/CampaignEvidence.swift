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
    /// The events that happen once but were recorded again: the one that counts and the later, and the flight's
    /// identifier if it is one.
    private(set) var repeats: [(counting: Stamp, later: Stamp, flightID: String?)] = []
    /// The earliest event that counts.
    private(set) var earliest: Stamp?
    /// The earliest time of an event known but dated after `at`. Nil: none is.
    public private(set) var nextFactTime: Instant?
    /// How many events count.
    public private(set) var count = 0

    /// - Parameter rows: whole facts in the order of their positions, all of one campaign's stream.
    public init(rows: [[UInt8]], asOf: AsOf, order: some IdentityOrder) {
        let retracted = Evidence.retracted(in: rows, asOf)
        var events = Events()
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
                add(fact, to: &events)
            }
        }
        settle(events, order)
    }

    /// All events that count, in the order they were recorded.
    private struct Events {
        var openings: [(stamp: Stamp, opening: CampaignOpened)] = []
        var closings: [Stamp] = []
        var flights: [Flight] = []
    }

    /// Of what happens once, takes the earliest.
    private mutating func settle(_ events: Events, _ order: some IdentityOrder) {
        let openings = events.openings.sorted { order.precedes($0.stamp, $1.stamp) }
        let closings = events.closings.sorted { order.precedes($0, $1) }
        (opened, closed) = (openings.first, closings.first)
        for stamps in [openings.map(\.stamp), closings] {
            for later in stamps.dropFirst() { repeats.append((stamps[0], later, nil)) }
        }
        var counting: [String: Stamp] = [:]
        for flight in events.flights.sorted(by: { order.precedes($0.recorded, $1.recorded) }) {
            if let first = counting[flight.flightID] {
                repeats.append((first, flight.recorded, flight.flightID))
            } else {
                counting[flight.flightID] = flight.recorded
                flights.append(flight)
            }
        }
        earliest = [openings.first?.stamp, closings.first, flights.first?.recorded].compactMap { $0 }.min {
            order.precedes($0, $1)
        }
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

    private mutating func add(_ fact: Fact, to events: inout Events) {
        let stamp = Stamp(time: fact.time, position: fact.position)
        count += 1
        switch fact.content {
        case .campaignOpened(let opening): events.openings.append((stamp, opening))
        case .campaignClosed: events.closings.append(stamp)
        case .adflightRecorded(let flight):
            events.flights.append(
                Flight(
                    recorded: stamp, flightID: flight.flightID, from: flight.from, to: flight.to, spend: flight.spend,
                    impressions: flight.impressions))
        default: preconditionFailure("position \(fact.position.rawValue) is no fact of a campaign")
        }
    }
}
