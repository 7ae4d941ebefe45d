import CampaignCoding
import CampaignDomain
import EventLog
import LedgerEngine
import LedgerStore
import Logging
import ProgrammeSimulator
import Synchronization

@testable import LedgerOperations

extension ImportTests {
    /// Posts a programme to a ledger and exports it.
    func export(events: Int) async throws -> Exported {
        var exported = Exported(path: "\(place.path)/exported")
        let first = Event.registered("first", "somebody")
        try await post([first], to: exported.path, poster: Poster(uid: .max, userName: "Zoë \"\\\u{7}\""))
        let traced = Event.registered(
            "traced", "somebody-traced", attributes: #""traceparent":"00-1","tracestate":"a\\b","#)
        var lines = Programme.lines(events: events, firstPosition: 3)
        lines.insert(traced, at: 0)
        for start in stride(from: 0, to: lines.count, by: 5_000) {
            try await post(Array(lines[start..<min(start + 5_000, lines.count)]), to: exported.path)
        }
        let ledger = try open(exported.path)
        defer { ledger.close() }
        exported.lines = try Self.lines(of: ledger, withPoster: true)
        exported.plain = try Self.lines(of: ledger, withPoster: false)
        return exported
    }

    private static func lines(of ledger: Ledger, withPoster: Bool) throws -> [String] {
        var bytes: [UInt8] = []
        var position = Position.beforeFirst
        while position < ledger.head {
            let chunk = try ledger.events(
                after: position, through: ledger.head, limit: .max, filter: EventFilter(), withPoster: withPoster)
            bytes += chunk.lines
            position = chunk.examined
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Imports a file in pieces of odd sizes.
    func run(
        _ file: [UInt8], isAppending: Bool = false, watch: OperationWatch = OperationWatch()
    ) throws(OperationFault) -> Import.Result {
        var start = 0
        let operation = Import(
            target: target, isAppending: isAppending, file: "events.ndjson", sizeBytes: UInt64(file.count))
        return try operation.run(watch: watch) {
            let end = min(start + 777_777, file.count)
            defer { start = end }
            return Array(file[start..<end])
        }
    }

    func open(_ path: String) throws -> Ledger {
        var configuration = LedgerConfiguration(dataDirectory: path)
        (configuration.viewsMapBytesMax, configuration.indexMapBytesMax) = (8 << 30, 8 << 30)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return try Ledger.open(configuration, clock: StandingClock(), logger: logger)
    }

    func post(_ lines: [String], to path: String, poster: Poster = Poster(uid: 1000, userName: "tester")) async throws {
        let ledger = try open(path)
        defer { ledger.close() }
        _ = try await append(lines, to: ledger, poster: poster).get()
    }

    func append(
        _ lines: [String], to ledger: Ledger, poster: Poster = Poster(uid: 1000, userName: "tester")
    ) async -> Result<AppendReceipt, AppendRefusal> {
        var body = Array(lines.joined(separator: "\n").utf8)
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        return await withCheckedContinuation { continuation in
            body.withUnsafeBytes { bytes in
                ledger.append(
                    UnsafeRawBufferPointer(rebasing: bytes[0..<length]), format: .ndjson, poster: poster,
                    validateOnly: false
                ) { continuation.resume(returning: $0) }
            }
        }
    }

    /// The digest of a ledger's read models.
    func readModels(_ path: String) async throws -> String {
        let ledger = try open(path)
        defer { ledger.close() }
        return try await ledger.viewsDigest().sha256
    }
}

/// A clock that stands still.
private struct StandingClock: LedgerClock {
    func now() -> Instant {
        Array("2026-06-30T12:00:00Z".utf8).withUnsafeBytes { Instant(rfc3339: $0) } ?? .earliest
    }
}

/// Events as services write them.
enum Event {
    static func registered(_ id: String, _ influencer: String, attributes: String = "") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"urn:test","type":"influencer.registered","#
            + #""time":"2025-06-01T12:00:00Z",\#(attributes)"data":{"influencerId":"\#(influencer)","#
            + #""platform":"instagram","niches":["books"]}}"#
    }
}

private enum Programme {
    static func lines(events: Int, firstPosition: UInt64) -> [String] {
        var settings = SimulationSettings(
            seed: 7, influencers: 40, events: events, from: SimulatedInstant(year: 2025, month: 6, day: 1),
            to: SimulatedInstant(year: 2026, month: 6, day: 1))
        settings.firstPosition = firstPosition
        guard var simulation = try? Simulation(settings) else { preconditionFailure("the settings make a programme") }
        var bytes: [UInt8] = []
        while simulation.next(into: &bytes) {}
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
