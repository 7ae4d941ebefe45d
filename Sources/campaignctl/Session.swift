import FoundationEssentials
import LedgerAPI
import LedgerClient

/// What a command works with: the daemon, the console, and the form of its answer.
struct Session: Sendable {
    let client: LedgerClient
    let console: Console
    /// Whether the daemon's JSON is wanted as it is.
    let json: Bool

    /// Asks, and shows the answer as JSON or as text.
    func show<Answer: Decodable>(
        _ path: RequestPath, as type: Answer.Type, _ render: (Answer, Style) -> String
    ) async throws {
        let answer = try await client.get(path.text)
        guard !json else {
            return try console.write(json: answer.body)
        }
        try console.write(render(try answer.decode(type), console.outputStyle))
    }

    func get<Answer: Decodable>(_ path: RequestPath, as type: Answer.Type) async throws -> Answer {
        try await client.get(path.text).decode(type)
    }
}
