import ArgumentParser
import LedgerClient

struct EventCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "Show the event at a position, with all it says.")

    @Argument(help: "The event's position, from 1.")
    var position: UInt64

    @OptionGroup var connection: ConnectionOptions

    func run(_ session: Session) async throws {
        let answer = try await session.client.get(RequestPath("v1", "events", String(position)).text)
        if session.json {
            try session.console.write(json: answer.body)
        } else {
            try session.console.write(EventText.detail(answer.body, session.console.outputStyle))
        }
    }
}
