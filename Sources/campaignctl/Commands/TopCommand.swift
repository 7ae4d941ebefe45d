import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerReports

struct TopCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Watch the daemon live: rates, latencies, lag, room and replays.",
        discussion: """
            On a terminal the screen is drawn anew each interval; q leaves. Elsewhere, and with --json, each interval is a \
            line. Rates and latencies are those of the last interval. A daemon that goes away is waited for.
            """)

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .long, help: ArgumentHelp("Seconds from one look to the next, 1 to 3600.", valueName: "seconds"))
    var interval = 2

    @Flag(name: .long, help: "Show the screen once, after one interval, and end.")
    var once = false

    func validate() throws {
        guard (1...3_600).contains(interval) else {
            throw ValidationError("--interval is \(interval): 1 to 3600 seconds can lie between two looks.")
        }
        if connection.json {
            throw ValidationError(
                "--json is for answers. For programs there are /metrics and campaignctl status --json.")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch {
            try await command.run(command.connection.impatientSession(on: Console.standard()))
        }
    }

    func run(_ session: Session) async throws {
        if once { return try await showOnce(session) }
        guard session.console.outputIsTerminal else { return try await lines(session) }
        try TopTerminal.take(session.console)
        defer { TopTerminal.giveBack() }
        try await screens(session)
    }

    private func showOnce(_ session: Session) async throws {
        let first = try await TopLook.ask(session.client, milliseconds: Self.milliseconds())
        try await Task.sleep(for: .seconds(interval))
        let second = try await TopLook.ask(session.client, milliseconds: Self.milliseconds())
        let style = session.console.outputStyle
        try session.console.write(TopText.screen(TopFigures(from: first, to: second), style))
    }

    // MARK: Looking again and again

    private func lines(_ session: Session) async throws {
        var earlier: TopLook?
        while true {
            let time = WireTime.instantText(Int64(Date().timeIntervalSince1970))
            switch try await Self.look(session) {
            case .success(let later):
                if let before = earlier {
                    try session.console.write(TopText.line(TopFigures(from: before, to: later), at: time))
                }
                earlier = later
            case .failure(let reason):
                earlier = nil
                session.console.note("\(time)  \(reason) Looking again in \(interval) s.\n")
            }
            try await Task.sleep(for: .seconds(interval))
        }
    }

    private func screens(_ session: Session) async throws {
        let style = session.console.outputStyle
        var earlier: TopLook?
        var shown = ""
        repeat {
            switch try await Self.look(session) {
            case .success(let later):
                shown = TopText.screen(TopFigures(from: earlier, to: later), style)
                earlier = later
                try draw(shown, on: session)
            case .failure(let reason):
                // What was so last stays on the screen, below why it is no longer so.
                earlier = nil
                try draw(style.flow([.init(reason.description, .bad)], separator: "") + "\n" + shown, on: session)
            }
        } while try !isAskedToLeave()
    }

    private func draw(_ text: String, on session: Session) throws {
        let style = session.console.outputStyle
        let foot = style.paint("every \(interval) s\(style.dot)q leaves", .dim) + "\n"
        try session.console.write(TopTerminal.frame(foot + text, rows: TopTerminal.rows()))
    }

    /// Waits for the next look.
    private func isAskedToLeave() throws -> Bool {
        let end = Self.milliseconds() + Int64(interval) * 1_000
        while Self.milliseconds() < end {
            try Task.checkCancellation()
            if TopTerminal.isAskedToLeave(within: min(200, max(0, end - Self.milliseconds()))) { return true }
        }
        return false
    }

    /// - Returns: what the daemon said, or why it did not, as sentences.
    private static func look(_ session: Session) async throws -> Result<TopLook, LookFailure> {
        do {
            return .success(try await TopLook.ask(session.client, milliseconds: milliseconds()))
        } catch let error as LedgerClientError {
            if case .cancelled = error { throw error }
            await session.client.close()
            return .failure(LookFailure(description: ProblemText.sentences(for: error)))
        }
    }

    private struct LookFailure: Error, CustomStringConvertible {
        let description: String
    }

    private static let started = ContinuousClock.now

    private static func milliseconds() -> Int64 {
        let (seconds, attoseconds) = (ContinuousClock.now - started).components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
