import Foundation
import Testing

/// Texts that are compared as a whole, one file each in the folder Golden.
///
/// `CAMPAIGN_LEDGER_RECORD=1 swift test --filter CampaignctlTests` writes them anew; read the difference before it is
/// committed.
enum Golden {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = folder.appendingPathComponent(name + ".txt")
        if ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_RECORD"] == "1" {
            #expect(throws: Never.self, sourceLocation: sourceLocation) {
                try text.write(to: file, atomically: true, encoding: .utf8)
            }
            return
        }
        let expected = try? String(contentsOf: file, encoding: .utf8)
        #expect(text == expected, "differs from Golden/\(name).txt", sourceLocation: sourceLocation)
    }
}
