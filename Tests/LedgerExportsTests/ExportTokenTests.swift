import Testing

@testable import LedgerExports

@Suite struct ExportTokenTests {
    @Test func `any text becomes letters, digits and marks, and comes back`() throws {
        for text in HostileText.all + HostileText.random(count: 2_000, seed: 7) {
            try check(text)
        }
    }

    private func check(_ text: String) throws {
        for token in [try ExportToken.name(text), try ExportToken.value(text)] {
            #expect(!token.isEmpty)
            #expect(token.unicodeScalars.allSatisfy { HostileText.tokenScalars.contains($0) }, "\(token)")
            #expect(ExportToken.decode(token).map { Array($0.utf8) } == Array(text.utf8))
        }
        #expect(try !ExportToken.name(text).contains("/"))
    }

    @Test func `what the ledger's identifiers are made of stays readable`() throws {
        #expect(try ExportToken.name("Ada_9.x-~") == "Ada_9.x-~")
        #expect(try ExportToken.value("urn:shop/orders?x=1&y#z@+") == "urn:shop/orders?x=1&y#z@+")
        #expect(try ExportToken.value("a;b,c|d") == "a%3Bb%2Cc%7Cd")
        #expect(try ExportToken.value("") == "%")
        #expect(ExportToken.decode("a%3") == nil)
    }

    @Test func `a text longer than the ledger has any is refused`() throws {
        #expect(try ExportToken.value(String(repeating: "é", count: 512)).utf8.count == 3_072)
        #expect(throws: ExportFault.self) { try ExportToken.value(String(repeating: "é", count: 513)) }
    }

    @Test func `accounts keep their names where a tool can have them, and no two get the same`() throws {
        for account in AccountChart.accounts {
            #expect(try AccountChart.journalName(account) == account)
            #expect(try AccountChart.beancountName(account) == account)
        }
        let others = HostileText.all + ["fees", "Fees", "X-66ees", "Assets:", "Assets::A", "assets:Cash", "A-2E", "A."]
        let texts = Array(Set(others.map { Array($0.utf8) })).map { String(decoding: $0, as: UTF8.self) }
        #expect(Set(try texts.map { try AccountChart.journalName($0) }).count == texts.count)
        #expect(Set(try texts.map { try AccountChart.beancountName($0) }).count == texts.count)
    }
}
