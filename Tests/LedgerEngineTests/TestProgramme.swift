import ProgrammeSimulator

/// Simulated programmes for tests, one event a line.
enum TestProgramme {
    /// - Parameter firstPosition: where the first of them will be recorded: retractions name positions.
    static func lines(
        seed: UInt64, events: Int, influencers: Int = 40, firstPosition: UInt64 = 1
    ) -> [String] {
        var settings = SimulationSettings(
            seed: seed, influencers: influencers, events: events,
            from: SimulatedInstant(year: 2025, month: 6, day: 1), to: SimulatedInstant(year: 2026, month: 6, day: 1))
        settings.firstPosition = firstPosition
        settings.taxPolicyVersion = 1
        guard var simulation = try? Simulation(settings) else { preconditionFailure("the settings make a programme") }
        var bytes: [UInt8] = []
        while simulation.next(into: &bytes) {}
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
