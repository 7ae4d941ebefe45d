import ArgumentParser
import LedgerAPI
import LedgerClient

struct AdvocacyCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "advocacy", abstract: "Show an influencer's advocacy: stage, flags and metrics.",
        discussion: """
            With --explain every rule with what it counts and what it asks for; with --reason all events that one of \
            them counts.
            """)

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Flag(name: .long, help: "Show every rule with what it counts, and the events behind it.")
    var explain = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "List all events of a count, metric or flag, such as count.activePosts.", valueName: "reason"))
    var reason: String?

    @Option(
        name: .long,
        help: ArgumentHelp("With --reason count.mentions and the like: of this brand.", valueName: "brand"))
    var brand: String?

    @OptionGroup(title: "Options of --reason") var page: PageOptions

    func validate() throws {
        guard !explain || reason == nil else {
            throw ValidationError("--explain and --reason are two answers: ask for one.")
        }
        guard reason != nil || (brand == nil && page.isEmpty) else {
            throw ValidationError("--brand, --limit and --cursor belong to --reason: add it.")
        }
    }

    func run(_ session: Session) async throws {
        guard let reason else {
            var path = RequestPath("v1", "influencers", id, "advocacy")
            standing.add(to: &path)
            guard explain else {
                return try await session.show(path, as: Answered<InfluencerAdvocacyBody>.self, AdvocacyText.render)
            }
            path.add("explain", "true")
            return try await session.show(
                path, as: Answered<ExplainedAdvocacyBody>.self, AdvocacyExplanationText.render)
        }
        var path = RequestPath("v1", "influencers", id, "advocacy", "events")
        path.add("reason", reason)
        path.add("brand", brand)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<EventReferenceBody>>.self) { answer, style in
            ReasonText.renderList(answer, title: "Advocacy of \(id): events of \(reason)", style)
        }
    }
}
