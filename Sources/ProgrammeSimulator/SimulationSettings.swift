/// How the events of a simulated programme are named: `source` + `id` is an event's identity (Events, section 1).
package enum IdentifierForm: String, CaseIterable, Sendable {
    /// UUID version 7: begins with the time of posting, so that neighbours in time are neighbours in an index.
    case uuidV7
    /// UUID version 4: no locality at all, the worst case of an index.
    case random
    /// Seed and number, such as `7.120`.
    case short
}

/// What is wrong with the settings of a simulation, as a sentence that says what to change.
package struct SimulationFault: Error, Hashable, CustomStringConvertible, Sendable {
    package let description: String
}

/// What a simulated programme looks like. The same settings give the same bytes.
package struct SimulationSettings: Hashable, Sendable {
    /// The most influencers a programme can have: identifiers stay readable and state stays in a few dozen bytes each.
    package static let influencersMax = 10_000_000
    /// At least this many events go to each influencer, else registrations would crowd out everything else; with fewer
    /// events, fewer influencers join.
    package static let eventsPerInfluencerMin = 8
    /// The shortest span of a programme, in microseconds: one hour.
    package static let spanMicrosecondsMin = SimulatedInstant.microsecondsPerHour
    static let latest = SimulatedInstant(year: 9999, month: 1, day: 1)

    package var seed: UInt64
    /// How many influencers join the programme over its span.
    package var influencers: Int
    /// Exactly so many events are written.
    package var events: Int
    package var from: SimulatedInstant
    package var to: SimulatedInstant
    package var ids: IdentifierForm
    /// The position that the ledger will give the first event. Retractions name positions, so they only occur when this
    /// is known: the programme must then be posted whole, in order and by itself.
    package var firstPosition: UInt64?
    /// The version that a `policy.published` of kind `tax` carries halfway; none without it.
    package var taxPolicyVersion: UInt32?

    package init(
        seed: UInt64, influencers: Int, events: Int, from: SimulatedInstant, to: SimulatedInstant,
        ids: IdentifierForm = .uuidV7, firstPosition: UInt64? = nil, taxPolicyVersion: UInt32? = nil
    ) {
        self.seed = seed
        self.influencers = influencers
        self.events = events
        self.from = from
        self.to = to
        self.ids = ids
        self.firstPosition = firstPosition
        self.taxPolicyVersion = taxPolicyVersion
    }

    func check() throws(SimulationFault) {
        guard (1...Self.influencersMax).contains(influencers) else {
            throw SimulationFault(
                description: "\(influencers) influencers: a programme has 1 to \(Self.influencersMax) of them.")
        }
        guard events >= 0 else {
            throw SimulationFault(description: "\(events) events: give the number of events to write, 0 or more.")
        }
        guard from.microseconds >= 0, to <= Self.latest else {
            throw SimulationFault(description: "The programme must lie between the years 1970 and 9998.")
        }
        guard to.microseconds - from.microseconds >= Self.spanMicrosecondsMin else {
            throw SimulationFault(
                description: "The programme ends less than an hour after it begins: let it end later.")
        }
    }
}
