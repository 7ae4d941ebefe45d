import Foundation
import LedgerAPI
import Testing

@testable import LedgerReports

/// The pages as a whole: well-formed, alone in the world, and harmless whatever the ledger holds.
@Suite struct ReportPageTests {
    static let pages: [String] = [
        ReportFixtures.influencerReport().html, ReportFixtures.campaignReport().html,
        ReportFixtures.influencerReport(ReportFixtures.hostile).html,
        ReportFixtures.campaignReport(ReportFixtures.hostile).html, emptyInfluencer.html, emptyCampaign.html,
    ]

    /// Someone of whom almost nothing is known.
    static var emptyInfluencer: InfluencerReport {
        var report = ReportFixtures.influencerReport("new")
        report.history.items = []
        report.posts.items = []
        report.exceptions.items = []
        report.postings = .all([])
        report.statement.accounts = []
        report.influencer.body.compensation = [:]
        report.compensation.compensation = [:]
        report.compensation.byCampaign = [:]
        report.compensation.reportable = [:]
        report.trust.explanation.caps = []
        return report
    }

    static var emptyCampaign: CampaignReport {
        var report = ReportFixtures.campaignReport("mystery")
        report.campaign.body = CampaignBody(
            campaignId: "mystery", brandId: nil, topics: [], budget: nil, startsOn: nil, endsOn: nil, opened: nil,
            closed: nil)
        report.efficiency.cost = [:]
        report.compensation.compensation = [:]
        report.influencers.items = []
        report.posts.items = []
        report.postings = .all([])
        report.exceptions.items = []
        return report
    }

    @Test(arguments: pages.indices)
    func `every page is well-formed, with each element closed where it was opened`(index: Int) throws {
        let elements = try StrictMarkup.elements(of: Self.pages[index])
        #expect(elements.first?.name == "html")
        #expect(elements.count { $0.name == "h1" } == 1)
        #expect(elements.count { $0.name == "main" } == 1)
    }

    @Test(arguments: pages.indices)
    func `a page loads nothing and runs nothing`(index: Int) throws {
        let elements = try StrictMarkup.elements(of: Self.pages[index])
        let forbidden: Set = [
            "script", "link", "img", "iframe", "object", "embed", "form", "image", "use", "foreignObject", "base",
            "audio", "video", "source", "input", "button",
        ]
        #expect(!elements.contains { forbidden.contains($0.name) })
        for element in elements {
            #expect(element.attributes.allSatisfy { !$0.name.lowercased().hasPrefix("on") && $0.name != "style" })
            #expect(element.attributes.allSatisfy { $0.name != "src" && $0.name != "xlink:href" })
            #expect(element.attributes.filter { $0.name == "href" }.allSatisfy { $0.value.hasPrefix("#") })
        }
        let sheet = "\(ReportStyle.sheet)"
        #expect(!sheet.contains("url(") && !sheet.contains("@import"))
        let policy = elements.first { $0.attributes.contains { $0.value == "Content-Security-Policy" } }
        let content = policy?.attributes.first { $0.name == "content" }?.value
        #expect(content?.hasPrefix("default-src 'none'; style-src 'unsafe-inline'") == true)
    }

    @Test(arguments: pages.indices)
    func `headings do not skip a level, tables have captions, pictures titles`(index: Int) throws {
        let elements = try StrictMarkup.elements(of: Self.pages[index])
        var level = 0
        for element in elements where ["h1", "h2", "h3", "h4"].contains(element.name) {
            let next = Int(String(element.name.dropFirst())) ?? 0
            #expect(next <= level + 1, "h\(next) follows h\(level)")
            level = next
        }
        #expect(elements.count { $0.name == "table" } == elements.count { $0.name == "caption" })
        let pictures = elements.filter { element in
            element.name == "svg" && element.attributes.contains { $0.name == "role" && $0.value == "img" }
        }
        #expect(pictures.allSatisfy { $0.children.prefix(2) == ["title", "desc"] })
        let identifiers = elements.flatMap { $0.attributes.filter { $0.name == "id" }.map(\.value) }
        #expect(Set(identifiers).count == identifiers.count)
        let links = elements.flatMap { $0.attributes.filter { $0.name == "href" }.map { String($0.value.dropFirst()) } }
        #expect(!links.isEmpty && links.allSatisfy { identifiers.contains($0) })
    }

    @Test func `what others wrote stays text`() throws {
        let page = ReportFixtures.influencerReport(ReportFixtures.hostile).html
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\u{202e}\\u{0}\\u{1b}]0;x\\u{7}"))
        #expect(page.contains("日本語🚀"))
        let scalars = page.unicodeScalars
        #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!scalars.contains("\u{202E}"))
        let plain = try StrictMarkup.elements(of: ReportFixtures.influencerReport("ada").html).map(\.name)
        #expect(try StrictMarkup.elements(of: page).map(\.name) == plain)
    }

    @Test func `commands on a page hold any identifier`() {
        let page = ReportFixtures.influencerReport("it'\u{301}s").html
        let quoted = "campaignctl trust &#39;it&#39;\\&#39;&#39;\u{301}s&#39; --explain"
        #expect(page.unicodeScalars.split(separator: "\n").contains { String($0).contains(quoted) })
    }

    /// `CAMPAIGN_LEDGER_PAGES=DIRECTORY swift test --filter LedgerReportsTests` leaves the pages there to be looked at.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_PAGES"] != nil))
    func `pages can be looked at`() throws {
        let directory = try #require(ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_PAGES"])
        for (index, page) in Self.pages.enumerated() {
            try page.write(toFile: "\(directory)/page-\(index).html", atomically: true, encoding: .utf8)
        }
    }

    @Test func `the same answers give the same page`() {
        #expect(ReportFixtures.influencerReport().html == ReportFixtures.influencerReport().html)
        #expect(ReportFixtures.campaignReport().html == ReportFixtures.campaignReport().html)
    }

    @Test func `an instant in a cell of text, in a figure or above is never broken`() throws {
        let page = ReportFixtures.campaignReport().html
        #expect(page.contains("<td><time>2026-04-10T12:00:00Z</time> completed</td>"))
        #expect(page.contains("<td>removed <time>2026-06-01T00:00:00Z</time></td>"))
        #expect(page.contains("<strong><time>2026-01-01</time> to <time>2026-12-31</time></strong>"))
        #expect(page.contains("<span>opened <time>2026-01-01</time></span>"))
        #expect("\(ReportStyle.sheet)".contains(".t, time { white-space: nowrap; }"))
        for page in Self.pages {
            for element in try StrictMarkup.elements(of: page) where ["td", "th"].contains(element.name) {
                let isTime = element.attributes.contains {
                    $0.name == "class" && $0.value.split(separator: " ").contains("t")
                }
                let holdsInstant = element.text.contains(/[0-9]T[0-9]{2}:[0-9]{2}:[0-9]{2}/)
                #expect(isTime || !holdsInstant || element.children.contains("time"), "\(element.text)")
            }
        }
    }

    @Test func `campaigns' pages say of what the funnel's stages are, and how many collaborate here`() {
        var report = ReportFixtures.campaignReport()
        #expect(
            report.html.contains("These are stages over all campaigns; 1 of these 17 has a collaboration here.</p>"))
        report.influencers.isWhole = false
        #expect(report.html.contains("These are stages over all campaigns.</p>"))
        report.funnel.influencers = 0
        #expect(!report.html.contains("stages over all campaigns"))
    }

    @Test func `campaigns' pages say that uplift is an association and what is over the budget`() {
        let page = ReportFixtures.campaignReport().html
        #expect(page.contains("an association, not an effect"))
        #expect(page.contains("<td class=\"n bad\">122.12 %</td>"))
    }
}
