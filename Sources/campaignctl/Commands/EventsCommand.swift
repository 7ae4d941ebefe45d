import ArgumentParser
import LedgerClient

struct EventsCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "List recorded events in the order of their positions.",
        discussion: """
            With --json each line is the recorded CloudEvent. The whole log from its beginning can be posted again as it \
            is; of a part not the retractions, which name positions.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var filter: EventFilterOptions

    @Option(name: .long, help: ArgumentHelp("Begin after this position.", valueName: "position"))
    var after: UInt64?

    @Option(name: .long, help: ArgumentHelp("How many at most (default: up to the head).", valueName: "count"))
    var limit: UInt64?

    @Option(
        name: .long, help: ArgumentHelp("Only events that happened at or after this instant.", valueName: "instant"))
    var since: String?

    @Option(
        name: .long, help: ArgumentHelp("Only events that happened at or before this instant.", valueName: "instant"))
    var until: String?

    func validate() throws {
        try OptionValue.check(instant: since, "--since")
        try OptionValue.check(instant: until, "--until")
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "events")
        path.add("after", after.map { String($0) })
        path.add("limit", limit.map { String($0) })
        filter.add(to: &path)
        path.add("since", since)
        path.add("until", until)
        try await EventListing(session: session).list(path)
    }
}
