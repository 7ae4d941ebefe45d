import ProgrammeSimulator

/// What is measured, and with how much.
struct Settings {
    /// The most events a request holds (The daemon, section 2).
    static let batchMax = 10_000
    /// The most connections at a time.
    static let clientsMax = 512

    var events: Int
    var influencers: Int
    /// Events a request when appending.
    var batch: Int
    /// Connections that append; nil to find the best of 1 to 8 first.
    var clients: Int?
    /// Connections that post single events, or ask.
    var connections: Int
    /// Requests of one event each.
    var singles: Int
    /// How long each load at a fixed rate lasts.
    var seconds: Double
    var ids: IdentifierForm
    var seed: UInt64
    var rounds: Int
    /// Whether this is the short form.
    var isQuick = false

    /// Events a second that arrive while queries or visibility are measured, and how many a request.
    static let loadRate = 20_000
    static let loadBatch = 100

    /// What the issue asks for: marks are meant for these.
    static let full = Settings(
        events: 10_000_000, influencers: 100_000, batch: 1_000, clients: nil, connections: 50, singles: 20_000,
        seconds: 10, ids: .uuidV7, seed: 1, rounds: 5)
    /// So short that a test can run all: the figures mean little.
    static let quick = Settings(
        events: 20_000, influencers: 200, batch: 1_000, clients: 1, connections: 10, singles: 300, seconds: 0.5,
        ids: .uuidV7, seed: 1, rounds: 1, isQuick: true)

    /// The programme that fills a ledger: one year. No retractions, since several clients do not keep positions.
    func base(ids: IdentifierForm) -> SimulationSettings {
        SimulationSettings(
            seed: seed, influencers: influencers, events: events,
            from: SimulatedInstant(year: 2024, month: 6, day: 1), to: SimulatedInstant(year: 2025, month: 6, day: 1),
            ids: ids)
    }

    /// What arrives after that, the year behind: as many events again, and enough for every load at a fixed rate.
    func later() -> SimulationSettings {
        SimulationSettings(
            seed: seed &+ 1, influencers: influencers, events: events + loadEvents,
            from: SimulatedInstant(year: 2025, month: 6, day: 1), to: SimulatedInstant(year: 2026, month: 6, day: 1),
            ids: ids)
    }

    /// What the loads of visibility, queries, lists and restart can post in a round, at most.
    var loadEvents: Int {
        Int(6 * seconds * Double(Self.loadRate)) + restartEvents + 10 * batch
    }

    /// Posted before the daemon is killed.
    var restartEvents: Int { min(events, 200_000) }
}
