import ArgumentParser
import LedgerAPI
import LedgerClient

struct CompensationCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensation",
        abstract: "Show an influencer's compensation per currency and campaign, and what is reportable.",
        discussion: """
            With --explain the accounts between which each sum's money went. With --sum or --year and --currency the \
            postings behind one sum or year, each with its event; with --postings all of them.
            """)

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Flag(name: .long, help: "Show what each sum is made of.")
    var explain = false

    @Flag(name: .long, help: "List all postings of the influencer.")
    var postings = false

    @Option(
        name: .long,
        help: ArgumentHelp("List the postings of a sum, such as due, paid or feesAccrued.", valueName: "sum"))
    var sum: String?

    @Option(name: .long, help: ArgumentHelp("List the postings of a reportable year.", valueName: "year"))
    var year: Int?

    @Option(
        name: .long, help: ArgumentHelp("The currency of --sum or --year, such as EUR.", valueName: "currency"))
    var currency: String?

    @Option(name: .long, help: ArgumentHelp("With --sum: in this campaign only.", valueName: "campaign"))
    var campaign: String?

    @OptionGroup(title: "Options of lists of postings") var page: PageOptions

    private var asksForPostings: Bool { postings || sum != nil || year != nil }

    func validate() throws {
        guard [explain, postings, sum != nil, year != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--explain, --postings, --sum and --year are four answers: ask for one.")
        }
        guard (sum != nil || year != nil) == (currency != nil) else {
            throw ValidationError("--sum and --year go with --currency: sums are never added across currencies.")
        }
        guard campaign == nil || sum != nil else {
            throw ValidationError("--campaign belongs to --sum: add it.")
        }
        guard asksForPostings || page.isEmpty else {
            throw ValidationError("--limit and --cursor belong to --postings, --sum and --year: add one.")
        }
    }

    func run(_ session: Session) async throws {
        guard asksForPostings else {
            var path = RequestPath("v1", "influencers", id, "compensation")
            standing.add(to: &path)
            guard explain else {
                return try await session.show(
                    path, as: Answered<InfluencerCompensationBody>.self, CompensationText.render)
            }
            path.add("explain", "true")
            return try await session.show(
                path, as: Answered<ExplainedCompensationBody>.self, CompensationExplanationText.render)
        }
        var path = RequestPath("v1", "influencers", id, "compensation", "postings")
        path.add("sum", sum)
        path.add("year", year.map { String($0) })
        path.add("currency", currency)
        path.add("campaign", campaign)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<PostingBody>>.self) { answer, style in
            CompensationExplanationText.renderPostings(answer, title: title, style)
        }
    }

    private var title: String {
        let parts = [sum, year.map { "reportable in \($0)" }, currency, campaign.map { "in campaign \($0)" }]
            .compactMap { $0 }
        return "Postings of \(id)" + (parts.isEmpty ? "" : ": " + parts.joined(separator: " "))
    }
}
