import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient

struct CampaignCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Show one campaign: its facts, its compensation and its influencers.",
        discussion: """
            With --json the three answers of the daemon stand in one object as they are, under the names campaign, \
            compensation and influencers.
            """)

    @Argument(help: "The campaign's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Option(name: .long, help: ArgumentHelp("How many influencers at most, 1 to 1000.", valueName: "count"))
    var limit = 20

    func validate() throws {
        guard (1...1_000).contains(limit) else {
            throw ValidationError("--limit is \(limit): a page has 1 to 1000 influencers.")
        }
    }

    func run(_ session: Session) async throws {
        let campaign = try await session.client.get(path().text)
        let compensation = try await session.client.get(path("compensation").text)
        var members = path("influencers")
        members.add("limit", String(limit))
        let influencers = try await session.client.get(members.text)
        guard !session.json else {
            var json = Data("{\"campaign\":".utf8)
            json += campaign.body
            json += Data(",\"compensation\":".utf8) + compensation.body
            json += Data(",\"influencers\":".utf8) + influencers.body
            json += Data("}".utf8)
            return try session.console.write(json: json)
        }
        try session.console.write(
            CampaignText.render(
                try campaign.decode(Answered<CampaignBody>.self),
                compensation: try compensation.decode(Answered<CampaignCompensationBody>.self).body,
                influencers: try influencers.decode(Answered<ItemList<CampaignInfluencerBody>>.self).body,
                session.console.outputStyle))
    }

    private func path(_ part: String? = nil) -> RequestPath {
        var path = part.map { RequestPath("v1", "campaigns", id, $0) } ?? RequestPath("v1", "campaigns", id)
        standing.add(to: &path)
        return path
    }
}
