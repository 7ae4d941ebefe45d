import LedgerAPI
import Testing

@testable import LedgerReports

/// Pages about more than a page takes: what is cut is never shown as the end.
@Suite struct ReportLimitTests {
    /// A report of which nothing is whole.
    private static var cut: InfluencerReport {
        var report = ReportFixtures.influencerReport()
        report.posts.isWhole = false
        report.exceptions.isWhole = false
        report.history.isWhole = false
        report.postings = .tooMany
        return report
    }

    /// The postings of 2026, and the statement of that year: 300.00 EUR were due before.
    private static var newest: ReportPostings {
        let items = ReportFixtures.postings("spring", influencer: "ada").filter { $0.day >= "2026" }
        var span = ReportFixtures.statement(influencer: "ada", campaign: nil)
        span.from = "2026-01-01"
        span.postingCount = items.count
        span.accounts = [
            StatementAccountBody(
                currency: "EUR", account: "Liabilities:Due", opening: "-300.00", debits: "0.00", credits: "0.00",
                closing: "-300.00")
        ]
        return .newest(items, span)
    }

    @Test func `a page that leaves something out says so, and a whole one does not`() {
        let sentences = [
            "Drawn are the newest 60: there are more.", "There are 40 postings, and in the newest month more than the",
            "There are more than the 2 here.",
            "has more points than the 53 that were fetched for this page: none is drawn.",
        ]
        let (whole, cut) = (ReportFixtures.influencerReport().html, Self.cut.html)
        #expect(sentences.allSatisfy { !whole.contains($0) })
        for sentence in sentences {
            #expect(cut.contains(sentence), "\(sentence)")
        }
    }

    @Test func `what is cut is not drawn or named as the end`() throws {
        let captions = try StrictMarkup.elements(of: Self.cut.html).filter { $0.name == "caption" }.map(\.text)
        let titles = try StrictMarkup.elements(of: Self.cut.html).filter { $0.name == "title" }.map(\.text)
        #expect(!Self.cut.html.contains("t the end"))
        #expect(!titles.contains { $0.contains("over time") && !$0.hasPrefix("Posts") })
        #expect(!captions.contains { $0.hasPrefix("Postings") || $0.hasPrefix("Money by") })
        #expect(captions.contains("Posts, the newest 60 of more than 60"))
        #expect(captions.contains("The register's first 2 open exceptions by kind"))
        #expect(captions.contains("Open exceptions, the first 2 of more than 2"))
        // What is of all stays.
        #expect(captions.contains("Balances of the accounts to 2026-06-30, debits above zero"))
        #expect(captions.contains("Score: weight × value of each component, less what caps take"))
        #expect(Self.cut.html.contains("The newest 60 posts, "))
    }

    @Test func `the newest postings are drawn with what was due before them`() throws {
        var report = ReportFixtures.influencerReport()
        report.postings = Self.newest
        let count = Self.newest.items.count
        #expect((1..<40).contains(count))
        let page = report.html
        #expect(page.contains("Of 40 postings the newest \(count) are drawn and listed, those from 2026-01-01 on"))
        // The same end as that of all postings, plus what the statement says was there before.
        let all = try #require(MoneyFlow.flows(Self.newest.items).first?.periods.last?.due)
        let flow = try #require(MoneyFlow.flows(Self.newest.items, dueBefore: Self.newest.dueBefore).first)
        #expect(flow.periods.last?.due == all + 30_000)
        #expect(page.contains("At the end \(flow.text(all + 30_000)) EUR are due."))
        let captions = try StrictMarkup.elements(of: page).filter { $0.name == "caption" }.map(\.text)
        #expect(captions.contains("Postings, newest first, \(count) of 40"))
    }

    @Test(arguments: [
        ("2026-03", "2026-06", "2026-03-01"), ("2023-07", "2026-06", "2023-07-01"),
        // By year, and of 2023 only a part: from the next year on.
        ("2023-06", "2026-06", "2024-01-01"), ("2020-01", "2026-06", "2020-01-01"),
    ])
    func `a plot begins with a whole month, or a whole year where it is by year`(
        month: String, last: String, day: String
    ) throws {
        let months = try [month, last].map { WireTime.month(ofDay: try #require(WireTime.day($0 + "-01"))) }
        #expect(ReportPostings.firstDay(notBefore: months[0], last: months[1]) == day)
    }
}
