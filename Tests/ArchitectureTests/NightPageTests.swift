import Foundation
import Testing

/// The page for the night and the alerts speak of the same.
@Suite struct NightPageTests {
    private static func names(in path: String, after mark: String) throws -> Set<String> {
        let text = try String(contentsOf: Project.root.appendingPathComponent(path), encoding: .utf8)
        let parts = text.components(separatedBy: mark).dropFirst()
        return Set(parts.map { String($0.prefix { $0.isLetter }) })
    }

    @Test("Every alert says on the page for the night what to do, and the page names no other")
    func everyAlertIsOnThePage() throws {
        let alerts = try Self.names(in: "config/campaign-ledger.rules.yaml", after: "- alert: ")
        let page = try Self.names(in: "Sources/LedgerAPI/LedgerAPI.docc/AtNight.md", after: "`CampaignLedger")
        #expect(alerts.count > 10)
        #expect(Set(page.filter { !$0.isEmpty }.map { "CampaignLedger\($0)" }) == alerts)
    }
}
