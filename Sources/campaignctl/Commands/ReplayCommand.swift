import ArgumentParser
import LedgerAPI
import LedgerClient

/// Replays of the log: started, followed, called off.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Verify or rebuild the read models while they serve, or try other policies.",
        discussion: """
            A replay is done by the daemon, which goes on with it when this command ends. One runs at a time, others wait. \
            It takes a share of the machine: --cores and --share, else as the daemon is configured.
            """,
        subcommands: [
            ReplayVerifyCommand.self, ReplayRebuildCommand.self, ReplayBackCommand.self, ReplayWhatIfCommand.self,
            ReplayListCommand.self, ReplayShowCommand.self, ReplayFollowCommand.self, ReplayCancelCommand.self,
            ReplayRemoveCommand.self, ReplayChangesCommand.self,
        ])
}

/// What share of the machine a replay takes, and whether it is waited for.
struct ReplayOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Cores that it may use, at most the machine's.", valueName: "count"))
    var cores: Int?

    @Option(name: .long, help: ArgumentHelp("Of their time so many per cent, 1 to 100.", valueName: "percent"))
    var share: Int?

    @Flag(name: .long, help: "Start it and do not wait.")
    var detach = false

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        if let cores, cores < 1 { throw ValidationError("--cores is \(cores): a replay needs one at least.") }
        if let share, !(1...100).contains(share) {
            throw ValidationError("--share is \(share): give per cent from 1 to 100.")
        }
    }
}

/// A command that follows a replay: Ctrl-C lets go of it and says that it goes on.
protocol ReplayFollowingCommand: LedgerCommand, Sendable {}

extension ReplayFollowingCommand {
    mutating func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }
}

extension Session {
    /// Starts a replay and follows it, unless it is to be let go of at once: then nil.
    func replay(_ order: ReplayOrderBody, _ options: ReplayOptions) async throws -> ReplayBody? {
        let following = ReplayFollowing(session: self, isQuiet: options.quiet)
        let started = try await following.start(order)
        guard options.detach else { return try await following.follow(started.id) }
        if json {
            try console.write(json: try WireCoding.encode(started))
        } else {
            try console.write(
                "Replay \(TerminalText.escape(started.id)) is asked for. "
                    + "Follow it: campaignctl replay follow \(TerminalText.escape(started.id))\n")
        }
        return nil
    }

    /// Shows how a replay ended, and fails if that was not well.
    func conclude(_ replay: ReplayBody) throws {
        if json {
            try console.write(json: try WireCoding.encode(replay))
        } else {
            try console.write(ReplayText.render(replay, console.outputStyle))
        }
        try check(replay)
    }

    /// Fails unless a replay ended well: it succeeded and, if it was to verify, found nothing.
    func check(_ replay: ReplayBody) throws {
        let id = TerminalText.escape(replay.id)
        switch replay.state {
        case "succeeded": if replay.verify?.sound == false { throw CommandFailure(.found, "") }
        case "cancelled": throw CommandFailure(.refused, "Replay \(id) was called off.")
        default:
            throw CommandFailure(
                .refused, "Replay \(id) has not succeeded: \(TerminalText.escape(replay.error ?? replay.state)).")
        }
    }
}
