import ArgumentParser
import LedgerAPI
import LedgerClient

struct InfluencersCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "influencers", abstract: "List influencers with tier, trust, stage, flags and what is due.",
        discussion: """
            Sorted by identifier, or with --sort greatest first. Filters narrow the list down together. On terminals \
            of 120 columns and more, and to a file, evidence, engagements, platform and home topics are shown too.
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions
    @OptionGroup(title: "Order and filters") var listing: ListingOptions
    @OptionGroup var page: PageOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers")
        listing.add(to: &path)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<InfluencerItemBody>>.self, InfluencerText.renderList)
    }
}

/// The order of a list of influencers, and who is in it.
struct ListingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("trust, stage, engagements, or due with --currency; greatest first.", valueName: "order"))
    var sort: String?

    @Option(name: .long, help: ArgumentHelp("The currency of --sort due, such as EUR.", valueName: "currency"))
    var currency: String?

    @Option(name: .long, help: ArgumentHelp("Only this tier, such as micro.", valueName: "tier"))
    var tier: String?

    @Option(name: .long, help: ArgumentHelp("Only this stage, such as advocate.", valueName: "stage"))
    var stage: String?

    @Option(
        name: .long, help: ArgumentHelp("Only with this flag: dormant, atRisk or ambassador.", valueName: "flag"))
    var flag: String?

    @Option(name: .long, help: ArgumentHelp("Only registered on this platform.", valueName: "platform"))
    var platform: String?

    @Option(name: .long, help: ArgumentHelp("Only with this home topic.", valueName: "topic"))
    var topic: String?

    @Option(name: .long, help: ArgumentHelp("Only with a collaboration in this campaign.", valueName: "campaign"))
    var campaign: String?

    @Option(
        name: .customLong("score-min"), help: ArgumentHelp("Only with at least this score.", valueName: "score"))
    var scoreMin: String?

    @Option(
        name: .customLong("score-max"), help: ArgumentHelp("Only with at most this score.", valueName: "score"))
    var scoreMax: String?

    private static let orders = ["trust", "stage", "engagements", "due"]
    private static let tiers = ["unknown", "emerging", "nano", "micro", "mid", "macro", "mega"]
    private static let flags = ["dormant", "atRisk", "ambassador"]

    func validate() throws {
        try OptionValue.check(sort, among: Self.orders, "--sort")
        try OptionValue.check(tier, among: Self.tiers, "--tier")
        try OptionValue.check(stage, among: AdvocacyText.stages, "--stage")
        try OptionValue.check(flag, among: Self.flags, "--flag")
        try OptionValue.check(score: scoreMin, "--score-min")
        try OptionValue.check(score: scoreMax, "--score-max")
        guard (sort == "due") == (currency != nil) else {
            throw ValidationError("--sort due goes with --currency: what is due is never added across currencies.")
        }
    }

    func add(to path: inout RequestPath) {
        for (name, value) in [
            ("sort", sort), ("currency", currency), ("tier", tier), ("stage", stage), ("flag", flag),
            ("platform", platform), ("topic", topic), ("campaign", campaign), ("scoreMin", scoreMin),
            ("scoreMax", scoreMax),
        ] {
            path.add(name, value)
        }
    }
}
