import ArgumentParser
import LedgerAPI
import LedgerClient

struct InfluencerCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "influencer", abstract: "Show all that is concluded of one influencer.")

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers", id)
        standing.add(to: &path)
        let answer = try await session.client.get(path.text)
        guard !session.json else {
            return try session.console.write(json: answer.body)
        }
        let influencer = try answer.decode(Answered<InfluencerBody>.self)
        let weights = try await session.trustWeights(of: influencer.standing, asked: standing)
        try session.console.write(
            InfluencerText.render(influencer, weights: weights, session.console.outputStyle))
    }
}
