import ProgrammeSimulator

/// What is measured, and with how much.
struct Settings {
    /// The most events a request holds (The daemon, section 2).
    static let batchMax = 10_000
    /// The most connections; each is a thread here.
    static let clientsMax = 512

    var events: Int
    var influencers: Int
    /// Events a request when appending.
    var batch: Int
    var clients: Int
    /// Requests of one event each, for latencies.
    var singles: Int
    var ids: IdentifierForm
    var seed: UInt64
    var rounds: Int

    /// The programme: one year, no retractions, since several clients do not keep positions.
    func simulation(events: Int, seed: UInt64) -> SimulationSettings {
        SimulationSettings(
            seed: seed, influencers: influencers, events: events,
            from: SimulatedInstant(year: 2025, month: 6, day: 1), to: SimulatedInstant(year: 2026, month: 6, day: 1),
            ids: ids)
    }
}
