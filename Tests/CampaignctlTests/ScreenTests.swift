import Foundation
import LedgerAPI
import LedgerClient
import Testing

@testable import campaignctl

/// The screens an auditor looks at, whole, on terminals of 80 and 140 columns.
@Suite struct ScreenTests {
    private static let widths = [80, 140]

    private static func answered<Body: Codable & Sendable>(_ body: Body) -> Answered<Body> {
        Answered(standing: FixedAnswers.standing, body: body)
    }

    /// Every screen, by the name of its golden text.
    static func screens(_ style: Style) -> [(name: String, text: String)] {
        let list = { (items: [PostingBody]) in answered(ItemList(items: items, next: nil)) }
        return [
            ("trust-explain", TrustExplanationText.render(answered(FixedAnswers.explainedTrust), style)),
            (
                "trust-plot",
                TrustPlotText.render(
                    FixedAnswers.history, isWhole: true, end: FixedAnswers.history.last, of: "ada",
                    standing: FixedAnswers.standing, style)
            ),
            (
                "trust-events",
                ReasonText.renderList(
                    answered(ItemList(items: FixedAnswers.references, next: "c_1")), title: "Trust of ada: events",
                    style)
            ),
            ("advocacy-explain", AdvocacyExplanationText.render(answered(FixedAnswers.explainedAdvocacy), style)),
            (
                "compensation-explain",
                CompensationExplanationText.render(answered(FixedAnswers.explainedCompensation), style)
            ),
            (
                "compensation-postings",
                CompensationExplanationText.renderPostings(list(FixedAnswers.postings), title: "Postings of ada", style)
            ),
            (
                "exceptions",
                ExceptionText.renderList(answered(ItemList(items: FixedAnswers.exceptions, next: nil)), style)
            ),
            ("statement", StatementText.render(answered(FixedAnswers.statement), style)),
        ]
    }

    @Test(arguments: widths)
    func `each screen is as it was looked at`(columns: Int) {
        for (name, text) in Self.screens(Style(color: false, unicode: true, columns: columns)) {
            Golden.expect(text, "\(name)-\(columns)")
        }
    }

    @Test func `without Unicode and without colour a plot is made of plain letters`() {
        let style = Style(color: false, unicode: false, columns: 80)
        for (name, text) in Self.screens(style) {
            #expect(text.unicodeScalars.allSatisfy { $0.isASCII }, "\(name)")
        }
        Golden.expect(Self.screens(style)[1].text, "trust-plot-ascii")
    }

    @Test(arguments: [40, 60, 80, 100, 140, 200])
    func `no line is wider than the terminal`(columns: Int) {
        let style = Style(color: false, unicode: true, columns: columns)
        let bodies: [(String, String)] =
            Self.screens(style).filter { columns >= 60 || $0.name != "trust-plot" } + [
                (
                    "influencers",
                    InfluencerText.renderList(
                        Self.answered(ItemList(items: FixedAnswers.influencerItems, next: nil)), style)
                ),
                (
                    "campaign",
                    CampaignText.render(
                        Self.answered(FixedAnswers.campaign), funnel: FixedAnswers.funnel,
                        efficiency: FixedAnswers.efficiency, compensation: FixedAnswers.campaignCompensation,
                        influencers: FixedAnswers.campaignInfluencers, style)
                ),
            ]
        for (name, text) in bodies where columns >= 80 {
            for line in text.split(separator: "\n") {
                #expect(TerminalText.width(of: String(line)) <= columns, "\(name): \(line)")
            }
        }
        // Narrower ones may break words but must still say everything.
        for (name, text) in bodies {
            #expect(text.contains("1234567"), "\(name)")
        }
    }

    @Test func `each part of an explanation of sums says between which accounts the money went`() {
        var answer = FixedAnswers.explainedCompensation
        let part = SumPartBody(
            debit: "Liabilities:Commissions", credit: "Liabilities:InFlight", count: 1_234, amount: "1234567.89")
        answer.explanation = CompensationExplanationBody(
            compensation: ["EUR": ["commissionsPending": SumExplanationBody(value: "1234567.89", parts: [part])]],
            byCampaign: [:], reportable: [:])
        let text = CompensationExplanationText.render(
            Self.answered(answer), Style(color: false, unicode: true, columns: 80))
        let tables = text.split(separator: "\n\n").filter { $0.contains(#/ (1,234|1234567\.89 EUR)\n/#) }
        #expect(tables.count == 2)
        for table in tables {
            #expect(table.contains("sum ") && table.contains("debit") && table.contains("credit"), "\(table)")
            #expect(table.contains("commissionsPending") && table.contains("InFlight"), "\(table)")
        }
    }

    @Test func `a number that is no count of events carries its unit, and points say what all are`() {
        let text = TrustExplanationText.render(
            Self.answered(FixedAnswers.explainedTrust), Style(color: false, unicode: true))
        #expect(text.contains(#/commentsRatio +8,652 comments /#))
        #expect(text.contains(#/suspiciousFollowers +13\.33 % /#))
        #expect(text.contains(#/engagementRate +41 +10000/#))
        #expect(text.matches(of: #/points, 10,000 = all/#).count == 6)
    }

    @Test func `a position can be pasted: it has no separators`() throws {
        let style = Style(color: false, unicode: true)
        let event = Data(FixedAnswers.event.replacing("00000000000000001234", with: "00000000000001234567").utf8)
        var policy = FixedAnswers.trustPolicy
        policy.versions[1].position = 1_234_567
        var totals = PostTotals()
        totals.head = 1_234_567
        let summary = ExportRun.Summary(rows: [("postings", 1_234)], position: 1_234_567, at: nil)
        #expect(summary.text == "1,234 postings as of position 1234567")
        let others = [
            EventText.line(event, style), EventText.detail(event, style), StatusText.render(FixedAnswers.status, style),
            PolicyText.renderList(Self.answered(ItemList(items: [policy], next: nil)), style),
            PostSummaryText.render(totals, validateOnly: false, milliseconds: 1, style),
        ]
        for text in others + Self.screens(style).map(\.text) {
            #expect(text.contains(#/123456[07]|1234570/#), "\(text)")
            #expect(!text.contains(#/1,23[34],[0-9]{3}/#), "\(text)")
        }
    }

    @Test func `what others wrote cannot steer the terminal on any screen`() {
        for columns in Self.widths {
            for (name, text) in Self.screens(Style(color: false, unicode: true, columns: columns)) {
                let scalars = text.unicodeScalars
                #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }, "\(name)")
                #expect(!scalars.contains("\u{202E}"), "\(name)")
            }
        }
    }

    @Test func `colour is the only difference between a terminal with it and one without`() {
        for columns in Self.widths {
            let colored = Self.screens(Style(color: true, unicode: true, columns: columns))
            let plain = Self.screens(Style(color: false, unicode: true, columns: columns))
            for (one, other) in zip(colored, plain) {
                #expect(one.text != other.text)
                #expect(one.text.replacing(#/\u{1B}\[[0-9]+m/#, with: "") == other.text)
            }
        }
    }

    @Test func `a history without points says what to do`() {
        let text = TrustPlotText.render(
            [], isWhole: true, end: nil, of: "ada", standing: FixedAnswers.standing, Style(color: false, unicode: true))
        #expect(text.hasPrefix("Trust of ada: no points in this span. Ask for another with --from and --to.\n"))
    }
}
