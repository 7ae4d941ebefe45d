import FoundationEssentials
import LedgerAPI
import LedgerClient

/// Writes events as they come: lines for people, or the daemon's NDJSON.
struct EventListing: Sendable {
    /// How often in a row a lost stream is asked for again, and how long is waited before each.
    static let reconnectsMax = 30
    static let reconnectSeconds = 1

    let session: Session
    var reconnectDelay: Duration = .seconds(reconnectSeconds)

    /// The events of a path, up to the head of when it began.
    func list(_ path: RequestPath) async throws {
        let lines = try await session.client.lines(path.text)
        defer { lines.close() }
        for try await line in lines where !line.isEmpty {
            try write(line)
        }
    }

    /// The events of a path and every new one, until the task is cancelled.
    func follow(_ path: RequestPath) async throws {
        var last: UInt64?
        var failures = 0
        while true {
            do {
                try await followOnce(path, &last, &failures)
                failures += 1
            } catch let error as LedgerClientError {
                switch error {
                case .connectionLost, .timedOut: failures += 1
                case .daemonUnavailable where failures > 0: failures += 1
                default: throw error
                }
                guard failures <= Self.reconnectsMax else { throw error }
            }
            try await Task.sleep(for: reconnectDelay)
        }
    }

    private func followOnce(_ path: RequestPath, _ last: inout UInt64?, _ failures: inout Int) async throws {
        let lines = try await session.client.lines(path.text, accept: MediaType.eventStream, lastEventID: last)
        defer { lines.close() }
        var parser = ServerSentEventParser()
        for try await line in lines {
            guard let event = parser.take(line) else { continue }
            failures = 0
            last = event.id.flatMap { UInt64($0) } ?? last
            try write(event.data)
        }
    }

    private func write(_ line: Data) throws {
        if session.json {
            try session.console.write(json: line)
        } else {
            try session.console.write(EventText.line(line, session.console.outputStyle))
        }
    }
}
