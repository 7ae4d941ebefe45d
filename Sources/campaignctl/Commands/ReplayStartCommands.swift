import ArgumentParser
import LedgerAPI

struct ReplayVerifyCommand: ReplayFollowingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read every record, fold the log beside the read models and compare.",
        discussion: "Prints what it finds as it comes. Ends with 0 when all is sound, with 2 when something was found.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var options: ReplayOptions

    func run(_ session: Session) async throws {
        let order = ReplayOrderBody(kind: "verify", cores: options.cores, sharePercent: options.share)
        if let end = try await session.replay(order, options) { try session.conclude(end) }
    }
}

struct ReplayRebuildCommand: ReplayFollowingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Build the read models anew beside those that serve, and let them take over.",
        discussion: """
            Prints where they differ from those that served, which are kept until the replay is removed: see replay back.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var options: ReplayOptions

    func run(_ session: Session) async throws {
        let order = ReplayOrderBody(kind: "rebuild", cores: options.cores, sharePercent: options.share)
        if let end = try await session.replay(order, options) { try session.conclude(end) }
    }
}

struct ReplayBackCommand: ReplayFollowingCommand {
    static let configuration = CommandConfiguration(
        commandName: "back",
        abstract: "Let the read models that a rebuild replaced take over again.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var options: ReplayOptions

    func run(_ session: Session) async throws {
        let order = ReplayOrderBody(kind: "goBack", cores: options.cores, sharePercent: options.share)
        if let end = try await session.replay(order, options) { try session.conclude(end) }
    }
}

struct ReplayWhatIfCommand: ReplayFollowingCommand {
    static let configuration = CommandConfiguration(
        commandName: "whatif",
        abstract: "Say who would be judged otherwise under other policies; nothing changes.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var options: ReplayOptions
    @OptionGroup var question: WhatIfOptions
    @OptionGroup var shown: ChangeFormOptions

    func run(_ session: Session) async throws {
        let form = try shown.form(json: session.json)
        let order = try question.order(cores: options.cores, sharePercent: options.share)
        guard let end = try await session.replay(order, options) else { return }
        try session.check(end)
        try await ChangeListing(session: session, replay: end).write(form)
    }
}
