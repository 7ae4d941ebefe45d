import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient

struct CampaignCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "campaign",
        abstract: "Show one campaign: its facts, funnel, costs, compensation and influencers.",
        discussion: """
            With --json the five answers of the daemon stand in one object as they are, under the names campaign, \
            compensation, efficiency, funnel and influencers.
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
        let efficiency = try await session.client.get(path("efficiency").text)
        let funnel = try await session.client.get(path("funnel").text)
        var members = path("influencers")
        members.add("limit", String(limit))
        let influencers = try await session.client.get(members.text)
        guard !session.json else {
            let parts = [
                ("campaign", campaign), ("compensation", compensation), ("efficiency", efficiency),
                ("funnel", funnel), ("influencers", influencers),
            ]
            return try session.console.write(json: Self.object(parts))
        }
        try session.console.write(
            CampaignText.render(
                try campaign.decode(Answered<CampaignBody>.self),
                funnel: try funnel.decode(Answered<CampaignFunnelBody>.self).body,
                efficiency: try efficiency.decode(Answered<CampaignEfficiencyAnswerBody>.self).body.efficiency,
                compensation: try compensation.decode(Answered<CampaignCompensationBody>.self).body,
                influencers: try influencers.decode(Answered<ItemList<CampaignInfluencerBody>>.self).body,
                session.console.outputStyle))
    }

    /// Answers as they are, under names that need no escaping.
    private static func object(_ parts: [(name: String, answer: LedgerAnswer)]) -> Data {
        var json = Data("{".utf8)
        for (index, part) in parts.enumerated() {
            json += Data("\(index > 0 ? "," : "")\"\(part.name)\":".utf8) + part.answer.body
        }
        return json + Data("}".utf8)
    }

    private func path(_ part: String? = nil) -> RequestPath {
        var path = part.map { RequestPath("v1", "campaigns", id, $0) } ?? RequestPath("v1", "campaigns", id)
        standing.add(to: &path)
        return path
    }
}
