import ArgumentParser
import LedgerAPI
import LedgerClient

struct CompensationCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "compensation",
        abstract: "Show an influencer's compensation per currency and campaign, and what is reportable.")

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers", id, "compensation")
        standing.add(to: &path)
        try await session.show(path, as: Answered<InfluencerCompensationBody>.self, CompensationText.render)
    }
}
