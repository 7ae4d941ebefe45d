import ArgumentParser
import LedgerAPI
import LedgerClient

struct AdvocacyCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "advocacy", abstract: "Show an influencer's advocacy: stage, flags and metrics.")

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers", id, "advocacy")
        standing.add(to: &path)
        try await session.show(path, as: Answered<InfluencerAdvocacyBody>.self, AdvocacyText.render)
    }
}
