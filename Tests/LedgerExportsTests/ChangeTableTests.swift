import LedgerAPI
import LedgerExports
import Testing

/// What a whatif finds as CSV.
@Suite struct ChangeTableTests {
    private static func cells(_ change: ChangeBody) throws -> [String: String] {
        let line = ChangeTable.record(of: change).line
        #expect(line.hasSuffix("\r\n"))
        let cells = line.dropLast(1).split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        try #require(cells.count == ChangeTable.columns.count)
        return Dictionary(uniqueKeysWithValues: zip(ChangeTable.columns, cells))
    }

    @Test("A record has a cell for each column, before and after side by side, and nothing where nothing changes")
    func records() throws {
        var change = ChangeBody(influencerId: "ada", tier: "nano")
        #expect(try Self.cells(change).filter { !$0.value.isEmpty } == ["influencerId": "ada", "tier": "nano"])
        change.score = BeforeAfter(before: "49.0000", after: "8.5000")
        change.components = [ComponentChange(component: "disclosure", before: 10_000, after: 0)]
        change.caps = BeforeAfter(before: [], after: ["openBreach", "suspiciousFollowers"])
        change.stage = BeforeAfter(before: "repeat", after: "seeded")
        change.metrics = [ShareChange(metric: "acceptRate", before: nil, after: 5_000)]
        change.evidenceCount = BeforeAfter(before: 3, after: 4)
        change.compensation = ["EUR": ["due": BeforeAfter(before: "-1.00", after: "2.00")]]
        change.reportable = [
            ReportableChange(
                year: 2026, currency: "USD", before: ReportedBody(cash: "0.00", gifts: "0.00", reportable: false),
                after: ReportedBody(cash: "0.00", gifts: "0.00", reportable: true))
        ]
        let cells = try Self.cells(change).filter { !$0.value.isEmpty }
        #expect(
            cells == [
                "influencerId": "ada", "tier": "nano", "scoreBefore": "49.0000", "scoreAfter": "8.5000",
                "scoreDifference": "-40.5000", "disclosureBefore": "10000", "disclosureAfter": "0",
                "capsAfter": "openBreach suspiciousFollowers", "stageBefore": "repeat", "stageAfter": "seeded",
                "acceptRateBpAfter": "5000", "evidenceCountBefore": "3", "evidenceCountAfter": "4",
                "compensation": "EUR due -1.00 2.00", "reportable": "2026 USD false true",
            ])
        #expect(ChangeTable.heading == ChangeTable.columns.joined(separator: ",") + "\r\n")
        #expect(Set(ChangeTable.columns).count == ChangeTable.columns.count)
    }

    @Test("A text that a spreadsheet would take for a formula is guarded, and what holds a comma is quoted")
    func guards() {
        var change = ChangeBody(influencerId: "=1+1", tier: "na,no")
        change.homeTopics = BeforeAfter(before: ["-tea"], after: ["@x", "y"])
        let line = ChangeTable.record(of: change).line
        #expect(line.hasPrefix(#"'=1+1,"na,no","#))
        #expect(line.contains("'-tea,'@x y"))
    }
}
