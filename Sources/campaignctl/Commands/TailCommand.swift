import ArgumentParser
import LedgerAPI
import LedgerClient

struct TailCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Show the latest events, and with --follow each new one as it is recorded.",
        discussion: """
            With --follow a lost connection is taken up again where it ended, for as long as a daemon comes back \
            within half a minute. Ends with Ctrl-C.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var filter: EventFilterOptions

    @Option(
        name: [.customShort("n"), .customLong("lines")],
        help: ArgumentHelp("Look at so many of the latest events (the filters apply to these).", valueName: "count"))
    var lines: UInt64 = 10

    @Flag(name: .shortAndLong, help: "Go on with each new event.")
    var follow = false

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        let head = try await session.get(RequestPath("v1", "status"), as: StatusBody.self).head
        let listing = EventListing(session: session)
        var path = RequestPath("v1", "events")
        path.add("after", String(head > lines ? head - lines : 0))
        filter.add(to: &path)
        if follow {
            path.add("follow", "true")
            try await listing.follow(path)
        } else {
            try await listing.list(path)
        }
    }
}
