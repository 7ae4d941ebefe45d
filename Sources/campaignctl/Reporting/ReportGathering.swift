import LedgerAPI
import LedgerClient
import LedgerExports
import LedgerReports

/// Asks for everything a report shows. The first answer fixes position and instant; all others are asked for as of
/// these, so that a page is of one moment while events arrive.
struct ReportGathering: Sendable {
    /// Pages of up to 1000 items that are taken of one list.
    static let pagesMax = ReportPostings.itemsMax / pageItems
    static let pageItems = 1_000

    let session: Session
    let id: String
    let asked: StandingOptions

    /// The page.
    /// - Parameter span: Of the score's plot, for an influencer.
    func html(isCampaign: Bool, span: HistoryOptions) async throws -> String {
        guard !isCampaign else { return try await campaign().html }
        return try await influencer(span: span).html
    }

    // MARK: An influencer

    func influencer(span: HistoryOptions) async throws -> InfluencerReport {
        var path = RequestPath("v1", "influencers", id)
        asked.add(to: &path)
        let influencer = try await session.get(path, as: Answered<InfluencerBody>.self)
        let moment = influencer.standing
        let money = try await statement(("influencer", id), moment)
        let trust = try await explained("trust", moment, as: ExplainedTrustBody.self)
        return InfluencerReport(
            influencer: influencer, trust: trust,
            advocacy: try await explained("advocacy", moment, as: ExplainedAdvocacyBody.self),
            compensation: try await explained("compensation", moment, as: ExplainedCompensationBody.self),
            history: try await history(span, trust.trust, moment), posts: try await posts(of: id, moment),
            exceptions: try await exceptions(("influencer", id), moment), statement: money.statement,
            postings: money.postings)
    }

    private func explained<Body: Codable & Sendable>(
        _ part: String, _ moment: Standing, as type: Body.Type
    ) async throws -> Body {
        var path = RequestPath("v1", "influencers", id, part)
        path.add("explain", "true")
        Self.fix(&path, moment)
        return try await session.get(path, as: Answered<Body>.self).body
    }

    /// The points of the score's plot: the last is the answer for the span's end.
    private func history(
        _ span: HistoryOptions, _ trust: TrustBody, _ moment: Standing
    ) async throws -> ReportList<TrustPointBody> {
        var end: TrustPointBody? = TrustPointBody(at: moment.at, trust: trust)
        if let to = span.to {
            var standing = asked
            standing.at = to
            standing.position = moment.position
            standing.minPosition = nil
            end = try await session.trust(of: id, standing).map {
                TrustPointBody(at: $0.standing.at, trust: $0.body.trust)
            }
        }
        var path = span.path(of: id, to: end?.at)
        Self.fix(&path, moment)
        path.add("limit", String(Self.pageItems))
        let points: ReportList<TrustPointBody> = try await list(path)
        return points.isWhole ? ReportList(items: points.items.ending(with: end), isWhole: true) : points
    }

    private func posts(of influencer: String, _ moment: Standing) async throws -> ReportList<PostBody> {
        var path = RequestPath("v1", "influencers", influencer, "posts")
        path.add("limit", String(Self.pageItems))
        Self.fix(&path, moment)
        return try await list(path)
    }

    // MARK: A campaign

    func campaign() async throws -> CampaignReport {
        var path = RequestPath("v1", "campaigns", id)
        asked.add(to: &path)
        let campaign = try await session.get(path, as: Answered<CampaignBody>.self)
        let moment = campaign.standing
        var members = RequestPath("v1", "campaigns", id, "influencers")
        members.add("limit", String(Self.pageItems))
        Self.fix(&members, moment)
        let influencers: ReportList<CampaignInfluencerBody> = try await list(members)
        let money = try await statement(("campaign", id), moment)
        return CampaignReport(
            campaign: campaign, funnel: try await part("funnel", moment, as: CampaignFunnelBody.self),
            efficiency: try await part("efficiency", moment, as: CampaignEfficiencyAnswerBody.self).efficiency,
            compensation: try await part("compensation", moment, as: CampaignCompensationBody.self),
            influencers: influencers, posts: try await campaignPosts(moment),
            exceptions: try await exceptions(("campaign", id), moment), statement: money.statement,
            postings: money.postings)
    }

    private func part<Body: Codable & Sendable>(
        _ name: String, _ moment: Standing, as type: Body.Type
    ) async throws -> Body {
        var path = RequestPath("v1", "campaigns", id, name)
        Self.fix(&path, moment)
        return try await session.get(path, as: Answered<Body>.self).body
    }

    /// The newest posts in the campaign. The export has them influencer by influencer: all are looked at, and not many
    /// more are held than a page takes.
    private func campaignPosts(_ moment: Standing) async throws -> ReportList<ExportedPostBody> {
        var standing = asked
        standing.at = moment.at
        standing.position = moment.position
        var source = ExportSource(
            session: session, standing: standing, influencerID: nil, campaignID: id, isQuiet: true)
        var posts = NewestPosts(max: ReportPostings.itemsMax)
        _ = try await source.rows(of: "posts", as: ExportedPostBody.self, each: { posts.add($0) })
        return ReportList(items: posts.newest, isWhole: posts.count <= posts.max)
    }

    // MARK: Both

    private func exceptions(
        _ filter: (name: String, value: String), _ moment: Standing
    ) async throws -> ReportList<ExceptionBody> {
        var path = RequestPath("v1", "exceptions")
        path.add(filter.name, filter.value)
        path.add("limit", String(Self.pageItems))
        Self.fix(&path, moment)
        return try await list(path)
    }

    private func list<Item: Codable & Sendable & Equatable>(_ path: RequestPath) async throws -> ReportList<Item> {
        let pages: ListPages<Item> = try await session.pages(path, pagesMax: Self.pagesMax)
        return ReportList(items: pages.items, isWhole: pages.isWhole)
    }

    /// As of the moment of the first answer.
    static func fix(_ path: inout RequestPath, _ moment: Standing) {
        path.add("at", moment.at)
        path.add("position", String(moment.position))
    }
}
