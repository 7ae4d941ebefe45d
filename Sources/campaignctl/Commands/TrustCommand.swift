import ArgumentParser
import LedgerAPI
import LedgerClient

struct TrustCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Show an influencer's trust: score, components, caps and evidence.",
        discussion: """
            With --explain the parts that add up to the score, and the positions of the events behind them; with \
            --reason all events of one part. With --plot the score over time, by default of the last year.
            """)

    @Argument(help: "The influencer's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Flag(name: .long, help: "Show the parts that the score is made of, and the events behind them.")
    var explain = false

    @Flag(name: .long, help: "Show the score and its components over time.")
    var plot = false

    @Option(
        name: .long,
        help: ArgumentHelp("List all events behind a part, such as part.replied.", valueName: "reason"))
    var reason: String?

    @OptionGroup(title: "Options of --plot") var span: HistoryOptions
    @OptionGroup(title: "Options of --reason") var page: PageOptions

    func validate() throws {
        guard [explain, plot, reason != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--explain, --plot and --reason are three answers: ask for one.")
        }
        guard plot || span.isEmpty else {
            throw ValidationError("--from, --to, --step and --changes belong to --plot: add it.")
        }
        guard reason != nil || page.isEmpty else {
            throw ValidationError("--limit and --cursor belong to --reason: add it.")
        }
    }

    func run(_ session: Session) async throws {
        if plot {
            return try await showPlot(session)
        }
        if let reason {
            return try await showEvents(of: reason, session)
        }
        var path = RequestPath("v1", "influencers", id, "trust")
        standing.add(to: &path)
        if explain {
            path.add("explain", "true")
            return try await session.show(
                path, as: Answered<ExplainedTrustBody>.self, TrustExplanationText.render)
        }
        let answer = try await session.client.get(path.text)
        guard !session.json else {
            return try session.console.write(json: answer.body)
        }
        let trust = try answer.decode(Answered<InfluencerTrustBody>.self)
        let weights = try await session.trustWeights(of: trust.standing, asked: standing)
        try session.console.write(TrustText.render(trust, weights: weights, session.console.outputStyle))
    }

    private func showEvents(of reason: String, _ session: Session) async throws {
        var path = RequestPath("v1", "influencers", id, "trust", "events")
        path.add("reason", reason)
        standing.add(to: &path)
        page.add(to: &path)
        try await session.show(path, as: Answered<ItemList<EventReferenceBody>>.self) { answer, style in
            ReasonText.renderList(answer, title: "Trust of \(id): events of \(reason)", style)
        }
    }

    private func showPlot(_ session: Session) async throws {
        var asked = standing
        asked.at = span.to ?? standing.at
        let end = try await session.trust(of: id, asked)
        var path = span.path(of: id, to: end?.standing.at)
        if let end {
            // All of the plot is of one moment, while events arrive.
            asked.at = end.standing.at
            asked.position = end.standing.position
            asked.minPosition = nil
            asked.add(to: &path)
        } else {
            standing.add(to: &path)
        }
        guard !session.json else {
            return try session.console.write(json: try await session.client.get(path.text).body)
        }
        let history: ListPages<TrustPointBody> = try await session.pages(path, pagesMax: HistoryOptions.pagesMax)
        let last = end.map { TrustPointBody(at: $0.standing.at, trust: $0.body.trust) }
        try session.console.write(
            TrustPlotText.render(
                history.isWhole ? history.items.ending(with: last) : history.items, isWhole: history.isWhole,
                end: last, of: id, standing: history.standing, session.console.outputStyle))
    }
}

/// Which span of a history, and how far apart its points are.
struct HistoryOptions: ParsableArguments {
    /// Pages of up to 1000 points that are taken for one plot.
    static let pagesMax = 10

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Begin at this instant, RFC 3339 (default: as many steps before the end as a year has).",
            valueName: "instant"))
    var from: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "End at this instant, which is always the last point (default: now, or --at).", valueName: "instant"))
    var to: String?

    @Option(
        name: .long,
        help: ArgumentHelp("From point to point, such as 3600, 12h or 30d (default: 7d).", valueName: "span"))
    var step: String?

    @Flag(name: .long, help: "A point at every instant at which trust changes, instead of a step.")
    var changes = false

    func validate() throws {
        try OptionValue.check(instant: from, "--from")
        try OptionValue.check(instant: to, "--to")
        try OptionValue.check(step: step, "--step")
        if changes, step != nil {
            throw ValidationError("--changes and --step are two ways to choose points: use one.")
        }
    }

    var isEmpty: Bool { from == nil && to == nil && step == nil && !changes }
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
