import ArgumentParser
import LedgerAPI
import LedgerClient

struct ReplayListCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show the replays that wait, run or have ended, the newest first.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var page: PageOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "replays")
        page.add(to: &path)
        try await session.show(path, as: ItemList<ReplayBody>.self) { ReplayText.renderList($0, $1) }
    }
}

/// Which replay.
struct ReplayArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The replay's number.", valueName: "replay"))
    var id: UInt64

    var path: RequestPath { RequestPath("v1", "replays", String(id)) }
}

struct ReplayShowCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a replay and the first of what it found.")

    private static let findingsShown = 100

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var replay: ReplayArgument

    func run(_ session: Session) async throws {
        try await session.show(replay.path, as: ReplayBody.self) { ReplayText.render($0, $1) }
        guard !session.json else { return }
        var path = RequestPath("v1", "replays", String(replay.id), "findings")
        path.add("limit", String(Self.findingsShown))
        let findings = try await session.get(path, as: ItemList<FindingBody>.self)
        let style = session.console.outputStyle
        if !findings.items.isEmpty {
            try session.console.write("\n" + findings.items.map { ReplayText.finding($0, style) }.joined())
        }
    }
}

struct ReplayFollowCommand: ReplayFollowingCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Follow a replay to its end.",
        discussion: "Ends as the command that started it would have: with 2 when a verification found something.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var replay: ReplayArgument

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func run(_ session: Session) async throws {
        let following = ReplayFollowing(session: session, isQuiet: quiet)
        try session.conclude(try await following.follow(String(replay.id)))
    }
}

struct ReplayCancelCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Call off a replay that waits or runs.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var replay: ReplayArgument

    func run(_ session: Session) async throws {
        let now = try await session.get(replay.path, as: ReplayBody.self)
        guard !now.isEnded else {
            throw CommandFailure(
                .refused, "Replay \(replay.id) has ended (\(now.state)). To remove it: replay remove \(replay.id)")
        }
        try await session.end(replay) { "Replay \($0) is called off; it ends at its next pause.\n" }
    }
}

struct ReplayRemoveCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a replay that has ended, with what it keeps.",
        discussion: "With the newest rebuild go the read models that it replaced: there is no way back to them then.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var replay: ReplayArgument

    func run(_ session: Session) async throws {
        let now = try await session.get(replay.path, as: ReplayBody.self)
        guard now.isEnded else {
            throw CommandFailure(
                .refused, "Replay \(replay.id) has not ended. To call it off: campaignctl replay cancel \(replay.id)")
        }
        try await session.end(replay) { "Replay \($0) is removed.\n" }
    }
}

struct ReplayChangesCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes", abstract: "Show again who would be judged otherwise, as a whatif found.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var replay: ReplayArgument
    @OptionGroup var shown: ChangeFormOptions

    func run(_ session: Session) async throws {
        let form = try shown.form(json: session.json)
        let body = try await session.get(replay.path, as: ReplayBody.self)
        try await ChangeListing(session: session, replay: body).write(form)
    }
}

extension Session {
    /// Calls a replay off or removes it, as its state asks for.
    fileprivate func end(_ replay: ReplayArgument, _ sentence: (UInt64) -> String) async throws {
        let answer = try await client.delete(replay.path.text)
        guard !json else { return try console.write(json: answer.body) }
        try console.write(sentence(replay.id))
    }
}
