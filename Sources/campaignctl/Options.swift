import ArgumentParser
import LedgerClient
import NIOCore

/// Which daemon, and how its answers look.
struct ConnectionOptions: ParsableArguments {
    static let socketVariable = "CAMPAIGN_LEDGER_SOCKET"
    static let socketDefault = "run/campaignd.sock"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The daemon's socket (default: $\(socketVariable), else \(socketDefault)).", valueName: "path"),
        completion: .file())
    var socket: String?

    @Flag(name: .long, help: "Print the daemon's JSON as it is.")
    var json = false

    /// The socket to use: the option, else the variable, else the default.
    func socketPath(environment: (String) -> String? = Environment.value) -> String {
        if let socket {
            return socket
        }
        let variable = environment(Self.socketVariable) ?? ""
        return variable.isEmpty ? Self.socketDefault : variable
    }

    func session(on console: Console) -> Session {
        Session(client: LedgerClient(socketPath: socketPath()), console: console, json: json)
    }

    /// For those who look after a daemon that may hang: an answer that does not come soon is one that does not come.
    func impatientSession(on console: Console) -> Session {
        let timeouts = LedgerClientTimeouts(
            connect: .seconds(Self.impatientSeconds), answer: .seconds(Self.impatientSeconds))
        return Session(
            client: LedgerClient(socketPath: socketPath(), timeouts: timeouts), console: console, json: json)
    }

    private static let impatientSeconds: Int64 = 5
}

/// As of when, and knowing what.
struct StandingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("What was so at this instant, RFC 3339 (default: now).", valueName: "instant"))
    var at: String?

    @Option(
        name: .long,
        help: ArgumentHelp("What was known when the log's head was here (default: all).", valueName: "position"))
    var position: UInt64?

    @Option(
        name: .customLong("min-position"),
        help: ArgumentHelp("Wait until the answer has seen this position: read your writes.", valueName: "position"))
    var minPosition: UInt64?

    func validate() throws {
        try OptionValue.check(instant: at, "--at")
    }

    func add(to path: inout RequestPath) {
        path.add("at", at)
        path.add("position", position.map { String($0) })
        path.add("minPosition", minPosition.map { String($0) })
    }
}

/// A page of a list.
struct PageOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("How many at most, 1 to 1000 (default: 100).", valueName: "count"))
    var limit: Int?

    @Option(name: .long, help: ArgumentHelp("Go on where an earlier page ended.", valueName: "cursor"))
    var cursor: String?

    var isEmpty: Bool { limit == nil && cursor == nil }

    func validate() throws {
        if let limit, !(1...1_000).contains(limit) {
            throw ValidationError("--limit is \(limit): a page has 1 to 1000 items.")
        }
    }

    func add(to path: inout RequestPath) {
        path.add("limit", limit.map { String($0) })
        path.add("cursor", cursor)
    }
}

/// Which events.
struct EventFilterOptions: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("Only events of this type; may be given again for more.", valueName: "type"))
    var type: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Only events of this stream, such as influencer/ada.", valueName: "subject"))
    var subject: String?

    func add(to path: inout RequestPath) {
        path.add("type", type.isEmpty ? nil : type.joined(separator: ","))
        path.add("subject", subject)
    }
}
