import LedgerAPI
import Testing

@testable import LedgerExports

@Suite struct BookkeepingTests {
    @Test func `a journal declares what it uses and carries each event`() throws {
        let text = try Fixtures.written(JournalWriter(), Fixtures.postings)
        #expect(text.contains("; position: 12\n; at: 2026-06-30T12:00:00Z\n; policies: trust=3&advocacy=1&tax=2\n"))
        #expect(
            text.contains(
                """

                commodity EUR
                    format 1000.00 EUR
                payee ada
                2026-01-02 * (1) ada
                    ; position: 1
                    ; source: urn:shop
                    ; id: e1
                    ; type: fee.accrued
                    ; time: 2026-01-02T03:04:05Z
                    ; influencer: ada
                    ; campaign: spring
                    Expenses:Fees                          12.34 EUR
                    Liabilities:Due                       -12.34 EUR

                commodity JPY
                2026-01-02 * (3) ada
                """))
        #expect(text.contains("payee campaign/spring\n2026-01-02 * (6) campaign/spring\n"))
        #expect(text.hasSuffix("\n; The end: 5 transactions.\n"))
    }

    @Test func `a Beancount file opens what it uses and carries each event`() throws {
        let text = try Fixtures.written(BeancountWriter(), Fixtures.postings)
        #expect(
            text.contains(
                """

                1970-01-01 commodity EUR
                2026-01-02 * "ada" "fee.accrued"
                  position: 1
                  source: "urn:shop"
                  id: "e1"
                  type: "fee.accrued"
                  time: "2026-01-02T03:04:05Z"
                  influencer: "ada"
                  campaign: "spring"
                  Expenses:Fees                          12.34 EUR
                  Liabilities:Due                       -12.34 EUR
                """))
        #expect(text.hasSuffix("\n; The end: 5 transactions.\n"))
    }

    @Test(arguments: [
        Fixtures.posting(1, day: "2026-01-0"), Fixtures.posting(1, day: "2026-13-01"),
        Fixtures.posting(1, day: "2026/01/01"), Fixtures.posting(1, day: "2026-01-02\n"),
        Fixtures.posting(1, currency: "eur"), Fixtures.posting(1, currency: "EU\n"), Fixtures.posting(1, currency: ""),
        Fixtures.posting(1, amount: ""), Fixtures.posting(1, amount: "1."), Fixtures.posting(1, amount: "1.2.3"),
        Fixtures.posting(1, amount: "1,000"), Fixtures.posting(1, amount: "=1"), Fixtures.posting(1, amount: "1\n"),
        Fixtures.posting(1, amount: "--1"), Fixtures.posting(1, amount: "١٢"),
        Fixtures.posting(1, id: String(repeating: "x", count: 1_025)),
        Fixtures.posting(1, debit: String(repeating: "a:", count: 600)),
    ])
    func `a posting that no ledger has is refused and writes nothing`(posting: PostingBody) {
        var journal = JournalWriter()
        #expect(throws: ExportFault.self) { try journal.add(posting) }
        #expect(journal.bytes.isEmpty)
        var beancount = BeancountWriter()
        #expect(throws: ExportFault.self) { try beancount.add(posting) }
        #expect(beancount.bytes.isEmpty)
    }

    @Test func `no text of any field adds a line, a transaction or a directive`() throws {
        let postings = Fixtures.hostilePostings(HostileText.all + HostileText.random(count: 400, seed: 1))
        let journal = try Fixtures.written(JournalWriter(), postings)
        #expect(try StrictCount.journal(journal) == postings.count)
        let beancount = try Fixtures.written(BeancountWriter(), postings)
        #expect(try StrictCount.beancount(beancount) == postings.count)
    }

    @Test(
        .enabled(if: Tools.has("hledger", "ledger"), "hledger and ledger are not installed: apt install hledger ledger")
    )
    func `hledger and ledger find as many transactions as there are hostile postings, in strict mode`() throws {
        let folder = try Folder()
        let postings = Fixtures.hostilePostings(HostileText.all + HostileText.random(count: 60, seed: 2))
        let file = try folder.write(try Fixtures.written(JournalWriter(), postings), as: "a.journal")
        let check = try Tools.run("hledger", ["-f", file, "check", "--strict"], in: folder)
        #expect(check.status == 0, "\(check.text)")
        let codes = Set((1...postings.count).map { "(\($0))" })
        let printed = try Tools.run("hledger", ["-f", file, "print"], in: folder)
        let heads = printed.text.split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect(heads.count == postings.count)
        #expect(Set(heads.map { String($0.split(separator: " ")[2]) }) == codes)
        let strict = ["-f", file, "--strict", "--pedantic", "--check-payees"]
        let format = "%(code) %(tag(\"position\")) %(tag(\"id\"))\n"
        let register = try Tools.run("ledger", strict + ["register", "--format", format], in: folder)
        #expect(register.status == 0, "\(register.text.prefix(2_000))")
        var ids: [Int: String] = [:]
        for line in register.text.split(separator: "\n") {
            let parts = line.split(separator: " ").map { String($0) }
            #expect(parts.count == 3 && parts[0] == parts[1])
            ids[try #require(Int(parts[1]))] = ExportToken.decode(parts[2])
        }
        expectIdentities(ids, of: postings)
    }

    @Test(.enabled(if: Tools.has("bean-check", "bean-query"), "Beancount is not installed: apt install beancount"))
    func `Beancount finds as many transactions as there are hostile postings`() throws {
        let folder = try Folder()
        let postings = Fixtures.hostilePostings(HostileText.all + HostileText.random(count: 60, seed: 3))
        let file = try folder.write(try Fixtures.written(BeancountWriter(), postings), as: "a.beancount")
        let check = try Tools.run("bean-check", [file], in: folder)
        #expect(check.status == 0, "\(check.text.prefix(2_000))")
        #expect(check.text == "")
        let query = "SELECT DISTINCT entry_meta('position') AS p, entry_meta('id') AS i WHERE number > 0"
        let rows = try Tools.run("bean-query", ["-f", "csv", file, query], in: folder)
        var ids: [Int: String] = [:]
        for row in rows.text.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = row.split(separator: ",").map { $0.filter { $0 != " " } }
            #expect(cells.count == 2)
            ids[try #require(Int(cells[0]))] = ExportToken.decode(cells[1])
        }
        expectIdentities(ids, of: postings)
    }
}

/// Each posting is there once, by its position, and its event's id reads back as it was.
private func expectIdentities(_ ids: [Int: String], of postings: [PostingBody]) {
    #expect(ids.count == postings.count)
    for posting in postings {
        #expect(ids[Int(posting.position)].map { Array($0.utf8) } == Array(posting.id.utf8))
    }
}

/// Counts transactions by a grammar that allows nothing but what the writers write: an unknown line is an error.
enum StrictCount {
    struct UnknownLine: Error {
        var line: String
    }

    static func journal(_ text: String) throws -> Int {
        let token = "[A-Za-z0-9._~:/@+?&#=%-]+"
        let known = try [
            "", "tag [a-z]+", "account [A-Za-z0-9._~:%-]+", "commodity [A-Z]{3}",
            "    format 1000\\.0+ [A-Z]{3}", "payee \(token)",
            "    ; (position|source|id|type|time|influencer|campaign): \(token)",
            "    [A-Za-z0-9._~:%-]+  +-?[0-9.]+ [A-Z]{3}", "; [ -~]*",
        ].map { try Regex($0) }
        return try count(text, head: try Regex("[0-9]{4}-[0-9]{2}-[0-9]{2} \\* \\([0-9]+\\) \(token)"), known)
    }

    static func beancount(_ text: String) throws -> Int {
        let token = "[A-Za-z0-9._~:/@+?&#=%-]+"
        let account = "(Assets|Liabilities|Equity|Income|Expenses)(:[A-Z0-9][A-Za-z0-9-]*)+"
        let known = try [
            "", "option \"title\" \"Campaign Ledger\"", "1970-01-01 open \(account)", "1970-01-01 commodity [A-Z]{3}",
            "  position: [0-9]+", "  (source|id|type|time|influencer|campaign): \"\(token)\"",
            "  \(account)  +-?[0-9.]+ [A-Z]{3}", "; [ -~]*",
        ].map { try Regex($0) }
        return try count(
            text, head: try Regex("[0-9]{4}-[0-9]{2}-[0-9]{2} \\* \"\(token)\" \"\(token)\""), known)
    }

    private static func count(
        _ text: String, head: Regex<AnyRegexOutput>, _ known: [Regex<AnyRegexOutput>]
    ) throws -> Int {
        var count = 0
        // By any line end that any tool may see.
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if try head.wholeMatch(in: line) != nil {
                count += 1
            } else if try !known.contains(where: { try $0.wholeMatch(in: line) != nil }) {
                throw UnknownLine(line: String(line))
            }
        }
        return count
    }
}
