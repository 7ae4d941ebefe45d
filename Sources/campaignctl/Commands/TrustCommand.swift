import ArgumentParser
import LedgerAPI
import LedgerClient

struct TrustCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Show an influencer's trust: score, components, caps and evidence.")

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    func run(_ session: Session) async throws {
        var path = RequestPath("v1", "influencers", id, "trust")
        standing.add(to: &path)
        let answer = try await session.client.get(path.text)
        guard !session.json else {
            return try session.console.write(json: answer.body)
        }
        let trust = try answer.decode(Answered<InfluencerTrustBody>.self)
        let weights = try await session.trustWeights(of: trust.standing, asked: standing)
        try session.console.write(TrustText.render(trust, weights: weights, session.console.outputStyle))
    }
}

extension Session {
    /// The weights by which a score was made: those of the trust policy in force at the answer's instant. None if the
    /// policy is not to be had, for the score stands without them too.
    func trustWeights(of answer: Standing, asked: StandingOptions) async throws -> TrustWeights? {
        var path = RequestPath("v1", "policies", "trust")
        path.add("at", answer.at)
        path.add("position", asked.position.map { String($0) })
        do {
            let policy = try await get(path, as: Answered<PolicyBody>.self)
            return TrustWeights(policy: policy.body.inForce.body)
        } catch LedgerClientError.problem {
            return nil
        }
    }
}
