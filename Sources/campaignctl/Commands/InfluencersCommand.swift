import ArgumentParser
import LedgerAPI
import LedgerClient

struct InfluencersCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "influencers", abstract: "List influencers with tier, trust, stage, flags and what is due.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions
    @OptionGroup var page: PageOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers")
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<InfluencerBody>>.self, InfluencerText.renderList)
    }
}
