import CampaignDomain
import Foundation
import LedgerAPI
import LedgerExports
import SettingsFiles
import Testing

@testable import campaignctl

/// What a whatif shows and writes.
@Suite struct ChangeTextTests {
    @Test(arguments: [80, 140])
    func `the table is as it was looked at`(columns: Int) {
        let style = Style(color: false, unicode: true, columns: columns)
        let text = ChangeText.render(FixedAnswers.changes, style)
        Golden.expect(text + ChangeText.summary(FixedAnswers.whatIf, shown: 3, style), "changes-\(columns)")
    }

    @Test(arguments: [40, 60, 80, 100, 140, 200])
    func `no line is wider than the terminal, and without Unicode all is ASCII`(columns: Int) {
        let style = Style(color: false, unicode: false, columns: columns)
        let text = ChangeText.render(FixedAnswers.changes, style)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test func `columns of money and years are there only where something is in them`() {
        let heading = ChangeText.render(Array(FixedAnswers.changes.prefix(2)), .plain).prefix { $0 != "\n" }
        #expect(!heading.contains("due") && !heading.contains("paid") && !heading.contains("reportable"))
        let whole = ChangeText.render(FixedAnswers.changes, .plain).prefix { $0 != "\n" }
        #expect(whole.contains("due") && !whole.contains("paid") && whole.contains("reportable"))
        #expect(ChangeText.render([], .plain).isEmpty)
    }

    @Test func `a difference has its sign and every digit, and is exact`() {
        #expect(ChangeText.difference("65.7855", "40.5355") == "-25.2500")
        #expect(ChangeText.difference("49.0000", "71.0935") == "+22.0935")
        #expect(ChangeText.difference("0.0001", "0.0000") == "-0.0001")
        #expect(ChangeText.difference("1.0", "1.00") == nil)
        #expect(ChangeText.difference("x", "1.00") == nil)
    }

    @Test func `a policy file may hold one kind, as YAML or JSON, and is sent as an event has it`() throws {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let path = "\(folder)/policy-\(UUID().uuidString).yaml"
        defer { try? FileManager.default.removeItem(atPath: path) }
        func json(_ text: String) throws -> String {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return String(decoding: try WireCoding.encode(try PolicyFile(named: path).json), as: UTF8.self)
        }
        let tax = #"{"tax":{"thresholds":[{"fromYear":2026,"usd":"2000.00"},{"fromYear":0,"usd":"600.00"}]}}"#
        #expect(
            try json(
                "tax:\n  thresholds:\n    - {fromYear: 2026, usd: \"2000.00\"}\n    - {fromYear: 0, usd: 600.00}\n")
                == tax)
        #expect(try json(tax) == tax)
        let advocacy = zip(PolicyParameter.advocacy, PolicyKind.advocacy.standardParameters)
            .map { "  \($0.path[0]): \($1)\n" }.joined()
        #expect(try json("advocacy:\n" + advocacy).hasPrefix(#"{"advocacy":{"acceptRate"#) == false)
        #expect(try json("advocacy:\n" + advocacy).contains(#""trueFanDays":365"#))
        let fault = #expect(throws: CommandFailure.self) { try json("advocacy:\n" + advocacy + "  repeats: 1\n") }
        #expect(fault?.status == .inputMissing)
        #expect(
            fault?.description.contains(":14:3: repeats is unknown in advocacy. It takes exactly repeatCampaigns")
                == true)
        #expect(throws: CommandFailure.self) { try json("") }
        #expect(throws: CommandFailure.self) { try PolicyFile(named: path + ".absent") }
    }
}
