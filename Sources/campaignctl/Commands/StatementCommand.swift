import ArgumentParser
import LedgerAPI
import LedgerClient

struct StatementCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Show opening balances, postings and closing balances of a span of days.",
        discussion: "Of everyone, or of one influencer, one campaign, or one in the other.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Option(name: .long, help: ArgumentHelp("The first day, YYYY-MM-DD.", valueName: "day"))
    var from: String

    @Option(name: .long, help: ArgumentHelp("The last day, YYYY-MM-DD; it belongs to the span.", valueName: "day"))
    var to: String

    @Option(name: .long, help: ArgumentHelp("Only of this influencer.", valueName: "influencer"))
    var influencer: String?

    @Option(name: .long, help: ArgumentHelp("Only in this campaign.", valueName: "campaign"))
    var campaign: String?

    @OptionGroup var page: PageOptions

    func validate() throws {
        try OptionValue.check(day: from, "--from")
        try OptionValue.check(day: to, "--to")
        guard from <= to else {
            throw ValidationError("--from is \(from) and --to is \(to): the first day is not behind the last.")
        }
    }

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "statements")
        path.add("from", from)
        path.add("to", to)
        path.add("influencer", influencer)
        path.add("campaign", campaign)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<StatementBody>.self, StatementText.render)
    }
}
