import LedgerAPI
import Testing

@testable import LedgerReports

/// The numbers of the answers stand in the cells that say what they are.
@Suite struct ReportCellTests {
    /// Read once; of a page that cannot be read there is no table, and every cell is lacking.
    private static let influencer = (try? ReadTable.all(in: ReportFixtures.influencerReport().html)) ?? []
    private static let campaign = (try? ReadTable.all(in: ReportFixtures.campaignReport().html)) ?? []

    @Test(arguments: [
        ("Score: weight × value of each component, less what caps take", ["disclosure"], "value", "77.77 %"),
        ("Score: weight × value of each component, less what caps take", ["disclosure"], "weight", "15"),
        ("Score: weight × value of each component, less what caps take", ["disclosure"], "contribution", "11.6655"),
        ("Score: weight × value of each component, less what caps take", ["sum"], "contribution", "91.0935"),
        ("Score: weight × value of each component, less what caps take", ["caps take"], "contribution", "-42.0935"),
        ("Score: weight × value of each component, less what caps take", ["score"], "contribution", "49.0000"),
        ("responsiveness: points in ten-thousandths that add up to its value", ["replied"], "count", "801"),
        ("responsiveness: points in ten-thousandths that add up to its value", ["replied"], "good, weighed", "799.5"),
        (
            "responsiveness: points in ten-thousandths that add up to its value", ["value"], "points, 10,000 = all",
            "8326"
        ),
        (
            "engagementQuality: points in ten-thousandths that add up to its value", ["commentsRatio"], "count",
            "801 comments"
        ),
        (
            "engagementQuality: points in ten-thousandths that add up to its value", ["suspiciousFollowers"], "count",
            "8.02 %"
        ),
        ("Caps that apply", ["openBreach"], "at most", "49.0000"),
        ("Caps that apply", ["openBreach"], "events", "urn:listening post-41"),
        ("Evidence: how much the score rests on", ["messages"], "count", "960"),
        ("Evidence: how much the score rests on", ["high"], "count", "982"),
        ("Score and components, in per cent, by instant", ["2025-07-07T12:00:00Z"], "responsiveness", "50.80"),
        ("Score and components, in per cent, by instant", ["2026-06-29T12:00:00Z"], "score", "49.0000"),
        ("Metrics", ["acceptRate"], "part", "1"), ("Metrics", ["acceptRate"], "of", "3"),
        ("Metrics", ["acceptRate"], "share", "33.33 %"), ("Metrics", ["seedingPostRate"], "share", "–"),
        ("Posts, newest first", ["ada-59"], "published", "2026-06-20T09:30:00Z"),
        ("Posts, newest first", ["ada-59"], "likes", "363"),
        ("Posts, newest first", ["ada-59"], "engagements", "383"),
        ("Posts, newest first", ["ada-59"], "reach", "4,321"),
        ("Posts, newest first", ["ada-56"], "disclosure", "missing"),
        ("Posts, newest first", ["ada-56"], "campaign", "spring"),
    ])
    func `trust, advocacy and posts stand where they are named`(
        caption: String, row: [String], column: String, value: String
    ) throws {
        #expect(try ReadTable.cell(Self.influencer, caption, row: row, column: column) == value)
    }

    @Test(arguments: [
        ("Compensation", ["spring", "EUR"], "gifts at cost", "20.00"),
        ("Compensation", ["spring", "EUR"], "gifts at value", "45.00"),
        ("Compensation", ["spring", "EUR"], "fees", "1234.50"),
        ("Compensation", ["spring", "EUR"], "pending", "10.00"),
        ("Compensation", ["spring", "EUR"], "due", "-2.00"), ("Compensation", ["spring", "EUR"], "in flight", "0.00"),
        ("Compensation", ["spring", "EUR"], "paid", "110.00"),
        ("Compensation", ["spring", "EUR"], "withheld", "19.00"),
        ("Compensation", ["all campaigns", "USD"], "due", "700.00"),
        ("How each sum was derived: its postings by the accounts they go between", ["due", "EUR"], "amount", "-2.00"),
        ("How each sum was derived: its postings by the accounts they go between", ["due", "EUR"], "postings", "20"),
        ("Reportable by calendar year", ["2026", "USD"], "cash", "2000.00"),
        ("Reportable by calendar year", ["2026", "USD"], "gifts at value", "45.00"),
        ("Reportable by calendar year", ["2026", "USD"], "total", "2045.00"),
        ("Reportable by calendar year", ["2026", "USD"], "reportable", "yes, threshold 2000.00 USD"),
        ("Balances of the accounts to 2026-06-30, debits above zero", ["Liabilities:Due"], "debits", "900.00"),
        ("Balances of the accounts to 2026-06-30, debits above zero", ["Liabilities:Due"], "credits", "1200.00"),
        ("Balances of the accounts to 2026-06-30, debits above zero", ["Liabilities:Due"], "balance", "-300.00"),
        ("Postings, newest first, all 40", ["139"], "day", "2026-06-11"),
        ("Postings, newest first, all 40", ["139"], "debit", "Liabilities:InFlight"),
        ("Postings, newest first, all 40", ["139"], "credit", "Assets:Cash"),
        ("Postings, newest first, all 40", ["139"], "amount", "90.00"),
        ("Postings, newest first, all 40", ["139"], "event", "urn:finance e-39"),
        ("Money by month in EUR, added up from the postings", ["2025-08"], "fees and commissions", "120.00"),
        ("Money by month in EUR, added up from the postings", ["2025-08"], "gifts at cost", "25.00"),
        ("Money by month in EUR, added up from the postings", ["2025-08"], "paid out", "90.00"),
        ("Money by month in EUR, added up from the postings", ["2025-08"], "due at the end", "30.00"),
        ("Money by month in EUR, added up from the postings", ["2026-06"], "due at the end", "300.00"),
        ("Open exceptions", ["overReturned"], "units", "2"), ("Open exceptions", ["openBreach"], "positions", "7001"),
        ("Open exceptions by kind", ["openBreach"], "open", "1"),
    ])
    func `money and exceptions stand where they are named`(
        caption: String, row: [String], column: String, value: String
    ) throws {
        #expect(try ReadTable.cell(Self.influencer, caption, row: row, column: column) == value)
    }

    @Test func `a campaign's posts do not repeat its name in a column`() throws {
        let posts = try #require(Self.campaign.first { $0.caption.hasPrefix("Posts, ") })
        #expect(posts.rows.first?.contains("campaign") == false)
        #expect(posts.rows.allSatisfy { $0.count == posts.rows[0].count })
    }

    @Test(arguments: [
        ("Spend against the budget, in the budget's currency", ["EUR"], "budget", "1000.00"),
        ("Spend against the budget, in the budget's currency", ["EUR"], "cost", "1221.22"),
        ("Spend against the budget, in the budget's currency", ["EUR"], "share", "122.12 %"),
        (
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions", ["EUR"],
            "of it paid", "97.77"
        ),
        (
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions", ["EUR"],
            "minor units", "122,122"
        ),
        (
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions", ["EUR"],
            "engagements", "906"
        ),
        (
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions", ["EUR"],
            "per engagement", "1.3479"
        ),
        (
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions", ["EUR"],
            "per mille", "92.5167"
        ),
        ("What the campaign's live posts with counters reached", ["on-topic reach"], "number", "9,401"),
        (
            "What the campaign's live posts with counters reached", ["influencers in the micro-influencer band"],
            "number",
            "33.33 %"
        ),
        ("Paid uplift of reach, an association", ["5"], "uplift of the mean", "60.93 %"),
        ("Paid uplift of reach, an association", ["5"], "of the median", "–"),
        ("How many influencers stand at each stage", ["trueFan"], "influencers", "8"),
        ("Posts, the newest 60 of more than 60", ["spring-59"], "influencer", "spring-of-59"),
        ("Posts, the newest 60 of more than 60", ["spring-59"], "position", "5059"),
        ("Posts, the newest 60 of more than 60", ["spring-59"], "published", "2026-06-20T09:30:00Z"),
        ("Posts, the newest 60 of more than 60", ["spring-59"], "likes", "363"),
        ("Influencers of the campaign, all 1", ["spring"], "trust", "49.0000"),
        ("Influencers of the campaign, all 1", ["spring"], "due here", "-2.00 EUR"),
        ("Compensation", ["all influencers", "EUR"], "due", "300.00"), ("Paid ads", ["EUR"], "media", "77.77"),
    ])
    func `a campaign's numbers stand where they are named`(
        caption: String, row: [String], column: String, value: String
    ) throws {
        #expect(try ReadTable.cell(Self.campaign, caption, row: row, column: column) == value)
    }
}
