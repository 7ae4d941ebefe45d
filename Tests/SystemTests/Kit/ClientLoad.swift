import Foundation
import LedgerAPI
import ProgrammeSimulator

/// One client's posts: what was acknowledged, and the one whose outcome it does not know.
struct ClientLoad: Sendable {
    struct Batch: Sendable {
        var body: [UInt8]
        var identities: [UInt64]
    }

    /// Position and identity of each acknowledged event.
    private(set) var acknowledged: [(position: UInt64, identity: UInt64)] = []
    private(set) var unknown: Batch?
    private(set) var requests = 0
    /// What should not happen even when the daemon is killed.
    private(set) var fault: String?
    private var simulation: Simulation
    private var random: Random

    init(seed: UInt64) throws {
        random = Random(seed: seed)
        simulation = try Simulation(
            SimulationSettings(
                seed: seed, influencers: 200, events: 10_000_000, from: SimulatedInstant(year: 2024, month: 1, day: 1),
                to: SimulatedInstant(year: 2024, month: 12, day: 1), ids: seed % 2 == 0 ? .uuidV7 : .random))
    }

    /// Posts until the connection breaks, or it is to end.
    mutating func run(_ client: HTTPClient, while goesOn: () -> Bool = { true }) {
        while fault == nil, goesOn() {
            do {
                let batch = try makeBatch()
                requests += 1
                unknown = batch
                let reply = try client.send(HTTPRequest(posting: batch.body, as: MediaType.ndjson))
                unknown = nil
                try take(reply, batch)
                Thread.sleep(forTimeInterval: Double(random.within(0...4)) / 1_000)
            } catch is ConnectionFault {
                return
            } catch {
                fault = "\(error)"
            }
        }
    }

    private mutating func take(_ reply: HTTPReply, _ batch: Batch) throws {
        try require(reply.status == 201, "a new batch answers \(reply.status): \(reply.text.prefix(500))")
        let answer = try WireCoding.decode(AppendAnswer.self, from: Data(reply.body))
        let positions = answer.positions.flatMap { Array($0.first...$0.last) }
        try require(
            positions.count == batch.identities.count && answer.recorded == positions.count,
            "\(positions.count) positions for \(batch.identities.count) events")
        acknowledged += zip(positions, batch.identities).map { ($0, $1) }
    }

    private mutating func makeBatch() throws -> Batch {
        let size: Int
        switch random.within(0...99) {
        case 0..<60: size = random.within(1...5)
        case 60..<85: size = random.within(6...50)
        case 85..<98: size = random.within(51...300)
        default: size = random.within(301...1_000)
        }
        var body: [UInt8] = []
        for _ in 0..<size { _ = simulation.next(into: &body) }
        let lines = try EventLines(body)
        return Batch(body: body, identities: lines.lines.map { lines.identity($0) })
    }
}
