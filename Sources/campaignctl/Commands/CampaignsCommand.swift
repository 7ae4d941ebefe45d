import ArgumentParser
import LedgerAPI
import LedgerClient

struct CampaignsCommand: LedgerCommand {
    static let configuration = CommandConfiguration(commandName: "campaigns", abstract: "List campaigns.")

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions
    @OptionGroup var page: PageOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "campaigns")
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<CampaignBody>>.self, CampaignText.renderList)
    }
}
