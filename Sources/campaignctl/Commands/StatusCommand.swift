import ArgumentParser
import LedgerAPI
import LedgerClient

struct StatusCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show how the daemon is: head, read models and their lag, sizes.")

    @OptionGroup var connection: ConnectionOptions

    func run(_ session: Session) async throws {
        try await session.show(RequestPath("v1", "status"), as: StatusBody.self, StatusText.render)
    }
}
