import Foundation
import LedgerAPI
import LedgerClient
import Testing

@testable import campaignctl

/// What people read, whole, from answers that never change.
@Suite struct RendererTests {
    private let rich = Style(color: true, unicode: true)
    private let fine = Style(color: false, unicode: true)
    private let narrow = Style(color: false, unicode: true, columns: 80)
    private let wide = Style(color: false, unicode: true, columns: 140)

    private func answered<Body: Codable & Sendable>(_ body: Body) -> Answered<Body> {
        Answered(standing: FixedAnswers.standing, body: body)
    }

    @Test func `trust shows score, bars, weights, contributions, caps and why`() {
        let body = answered(InfluencerTrustBody(influencerId: "ada", trust: FixedAnswers.trust))
        Golden.expect(TrustText.render(body, weights: FixedAnswers.weights, fine), "trust")
        Golden.expect(TrustText.render(body, weights: FixedAnswers.weights, .plain), "trust-ascii")
        Golden.expect(TrustText.render(body, weights: FixedAnswers.weights, rich), "trust-color")
    }

    @Test func `contributions of trust add up to the sum that is shown`() {
        let text = TrustText.render(
            answered(InfluencerTrustBody(influencerId: "ada", trust: FixedAnswers.trust)),
            weights: FixedAnswers.weights, .plain)
        let rows = text.split(separator: "\n").filter { $0.contains(" % ") }
        let last = rows.compactMap { $0.split(separator: " ").last?.filter { $0 != "." } }.compactMap { Int($0) }
        #expect(last.count == 6)
        #expect(last.reduce(0, +) == 910_935)
    }

    @Test func `weights that do not make the score are not shown`() {
        let other = TrustWeights(values: [30, 5, 25, 20, 15, 5])
        let body = answered(InfluencerTrustBody(influencerId: "ada", trust: FixedAnswers.trust))
        Golden.expect(TrustText.render(body, weights: other, fine), "trust-without-weights")
        #expect(TrustText.render(body, weights: nil, fine) == TrustText.render(body, weights: other, fine))
    }

    @Test func `weights are read from a policy's body, or there are none`() {
        let names = TrustWeights.names
        let weights = Dictionary(
            uniqueKeysWithValues: zip(names, [20, 15, 25, 20, 15, 5].map { JSONValue.integer($0) }))
        #expect(TrustWeights(policy: .object(["weights": .object(weights)])) == FixedAnswers.weights)
        #expect(TrustWeights(policy: .object(["weights": .object(["nicheFit": .integer(1)])])) == nil)
        #expect(TrustWeights(policy: .array([])) == nil)
    }

    @Test func `advocacy shows the ladder, flags with their meaning, metrics as per cent`() {
        let body = answered(InfluencerAdvocacyBody(influencerId: "ada", advocacy: FixedAnswers.advocacy))
        Golden.expect(AdvocacyText.render(body, fine), "advocacy")
    }

    @Test func `compensation stands per campaign and currency, with the reportable years`() {
        let body = answered(
            InfluencerCompensationBody(
                influencerId: "ada", compensation: FixedAnswers.compensation, byCampaign: FixedAnswers.byCampaign,
                reportable: FixedAnswers.reportable))
        Golden.expect(CompensationText.render(body, fine), "compensation")
    }

    @Test func `an influencer is shown with everything, also when there is almost nothing`() {
        Golden.expect(
            InfluencerText.render(answered(FixedAnswers.influencer), weights: FixedAnswers.weights, fine), "influencer")
        Golden.expect(
            InfluencerText.render(answered(FixedAnswers.newcomer), weights: FixedAnswers.weights, .plain),
            "influencer-newcomer")
    }

    @Test func `influencers are a table with how to get more`() {
        let answer = answered(ItemList(items: FixedAnswers.influencerItems, next: "abc_1"))
        Golden.expect(InfluencerText.renderList(answer, fine), "influencers")
        Golden.expect(InfluencerText.renderList(answer, narrow), "influencers-80")
        Golden.expect(InfluencerText.renderList(answer, wide), "influencers-140")
        Golden.expect(
            InfluencerText.renderList(answered(ItemList(items: [InfluencerItemBody](), next: nil)), .plain),
            "influencers-none")
    }

    @Test func `a campaign is shown with its sums and its influencers`() {
        for (style, name) in [(fine, "campaign"), (narrow, "campaign-80"), (wide, "campaign-140")] {
            Golden.expect(
                CampaignText.render(
                    answered(FixedAnswers.campaign), funnel: FixedAnswers.funnel, efficiency: FixedAnswers.efficiency,
                    compensation: FixedAnswers.campaignCompensation, influencers: FixedAnswers.campaignInfluencers,
                    style), name)
        }
        Golden.expect(
            CampaignText.render(
                answered(FixedAnswers.unknownCampaign), funnel: FixedAnswers.noFunnel,
                efficiency: FixedAnswers.noEfficiency,
                compensation: CampaignCompensationBody(campaignId: "mystery", compensation: [:]),
                influencers: ItemList(items: [], next: nil), .plain), "campaign-unknown")
    }

    @Test func `a funnel says of which campaigns its stages are, and how many collaborate in this one`() {
        var funnel = FixedAnswers.funnel
        funnel.influencers = 2
        let everyone = FixedAnswers.campaignInfluencers.items
        #expect(
            EfficiencyText.funnel(funnel, influencers: everyone, wide).hasSuffix(
                "\n  stages over all campaigns; 1 of these 2 has a collaboration here\n"))
        #expect(
            EfficiencyText.funnel(funnel, influencers: everyone + everyone, wide).hasSuffix(
                "; 2 of these 2 have a collaboration here\n"))
        // Of a page of influencers nobody can tell.
        #expect(EfficiencyText.funnel(funnel, influencers: nil, wide).hasSuffix("\n  stages over all campaigns\n"))
        #expect(!EfficiencyText.funnel(FixedAnswers.noFunnel, influencers: [], wide).contains("stages over"))
    }

    @Test func `the influencers of a campaign are counted only where all of them are there`() {
        func text(_ next: String?) -> String {
            CampaignText.render(
                answered(FixedAnswers.campaign), funnel: FixedAnswers.funnel, efficiency: FixedAnswers.efficiency,
                compensation: FixedAnswers.campaignCompensation,
                influencers: ItemList(items: FixedAnswers.campaignInfluencers.items, next: next), fine)
        }
        #expect(text(nil).contains("stages over all campaigns; 1 of these 1,234 has a collaboration here\n"))
        #expect(text("bo").contains("stages over all campaigns\n"))
    }

    @Test func `campaigns are a table`() {
        let items = [FixedAnswers.campaign, FixedAnswers.unknownCampaign]
        Golden.expect(CampaignText.renderList(answered(ItemList(items: items, next: nil)), fine), "campaigns")
    }

    @Test func `policies show what is in force, and one its parameters`() {
        let items = [FixedAnswers.taxPolicy, FixedAnswers.trustPolicy]
        Golden.expect(PolicyText.renderList(answered(ItemList(items: items, next: nil)), fine), "policies")
        Golden.expect(PolicyText.render(answered(FixedAnswers.trustPolicy), fine), "policy-trust")
        Golden.expect(PolicyText.render(answered(FixedAnswers.taxPolicy), .plain), "policy-tax")
    }

    @Test func `status shows lag and sizes with units`() {
        Golden.expect(StatusText.render(FixedAnswers.status, fine), "status")
        var trouble = FixedAnswers.status
        trouble.readOnly = true
        trouble.readOnlyReason = "the disk is full"
        trouble.troubles = ["the log's map is used to 95 %"]
        Golden.expect(StatusText.render(trouble, .plain), "status-trouble")
    }

    @Test func `an event is one line, or every attribute on a line of its own`() {
        let json = Data(FixedAnswers.event.utf8)
        Golden.expect(EventText.line(json, fine), "event-line")
        Golden.expect(EventText.detail(json, fine), "event-detail")
    }

    @Test func `what is no event is shown as it is, made safe`() {
        let text = EventText.line(Data("not json \u{1B}[31m".utf8), .plain)
        #expect(text == "not json \\u{1b}[31m\n")
    }

    @Test func `each fault stands with its line, what was expected and found, and what to do`() {
        Golden.expect(
            ProblemText.faults(FixedAnswers.faults, lines: [3, 4, 9], name: "events.ndjson", fine), "faults")
        var many = FixedAnswers.faults
        many.errorsTotal = 250
        #expect(
            ProblemText.faults(many, lines: [3, 4, 9], name: "events.ndjson", fine)
                .hasSuffix("and 247 more faults in this batch\n"))
    }

    @Test func `an error says what, why and what to do`() {
        let problem = ProblemDetails(.influencerNotFound, detail: "There is no influencer `x\u{1B}`")
        let text = ProblemText.error(
            ProblemText.sentences(for: .problem(problem, retryAfterSeconds: nil)), Style.plain)
        Golden.expect(text, "problem")
    }

    @Test func `the summary of a post says what was recorded, repeated, refused and sent again`() {
        var totals = PostTotals()
        totals.events = 12_345
        totals.batches = 13
        totals.recorded = 12_000
        totals.repeats = 345
        totals.head = 99_999
        Golden.expect(
            PostSummaryText.render(totals, validateOnly: false, milliseconds: 1_500, fine), "post-summary")
        totals.refused = 7
        totals.ahead = 2
        totals.firstAheadLine = 44
        totals.retries = 1
        Golden.expect(
            PostSummaryText.render(totals, validateOnly: true, milliseconds: 0, fine), "post-summary-validate")
        Golden.expect(PostSummaryText.json(totals, validateOnly: false), "post-summary-json")
    }

    @Test func `nothing from the ledger reaches the terminal raw`() {
        let hostile = FixedAnswers.hostile
        var influencer = FixedAnswers.influencer
        influencer.influencerId = hostile
        influencer.tier = hostile
        influencer.trust.openBreaches = [hostile]
        influencer.trust.evidence = hostile
        influencer.advocacy.stage = hostile
        influencer.advocacy.flags = [hostile]
        influencer.byCampaign = [hostile: ["EUR": FixedAnswers.sums(due: hostile)]]
        var campaign = FixedAnswers.campaign
        campaign.campaignId = hostile
        campaign.brandId = hostile
        campaign.topics = [hostile]
        var status = FixedAnswers.status
        status.durability = hostile
        status.troubles = [hostile]
        for text in [
            InfluencerText.render(answered(influencer), weights: nil, .plain),
            InfluencerText.renderList(
                answered(
                    ItemList(
                        items: [
                            InfluencerItemBody(
                                influencer: influencer, engagements: 1, platform: hostile, homeTopics: [hostile])
                        ], next: hostile)), .plain),
            CampaignText.renderList(answered(ItemList(items: [campaign], next: hostile)), .plain),
            CampaignText.render(
                answered(campaign), funnel: FixedAnswers.funnel, efficiency: FixedAnswers.efficiency,
                compensation: FixedAnswers.campaignCompensation, influencers: FixedAnswers.campaignInfluencers, .plain),
            StatusText.render(status, .plain),
            ProblemText.faults(FixedAnswers.faults, lines: [1, 2, 3], name: hostile, .plain),
        ] {
            #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
            #expect(!text.unicodeScalars.contains("\u{202E}"))
            #expect(text.contains("\\u{1b}[2J"))
        }
    }
}
