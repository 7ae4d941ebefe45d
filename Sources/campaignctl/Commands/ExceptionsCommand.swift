import ArgumentParser
import LedgerAPI
import LedgerClient

struct ExceptionsCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "exceptions", abstract: "List what does not add up: the register of exceptions.",
        discussion: "Sorted by kind, then by the instant since which it is open.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only this kind, such as openBreach or overBudget; may be given again for more.", valueName: "kind"))
    var kind: [String] = []

    @Option(name: .long, help: ArgumentHelp("Only of this influencer.", valueName: "influencer"))
    var influencer: String?

    @Option(name: .long, help: ArgumentHelp("Only about this campaign.", valueName: "campaign"))
    var campaign: String?

    @Option(name: .long, help: ArgumentHelp("Only open since this instant or later.", valueName: "instant"))
    var since: String?

    @OptionGroup var page: PageOptions

    func validate() throws {
        try OptionValue.check(instant: since, "--since")
    }

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "exceptions")
        path.add("kind", kind.isEmpty ? nil : kind.joined(separator: ","))
        path.add("influencer", influencer)
        path.add("campaign", campaign)
        path.add("since", since)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<ExceptionBody>>.self, ExceptionText.renderList)
    }
}
