import Foundation
import LedgerAPI
import Testing

/// Texts for people and for programs that see bytes where Swift sees characters.
@Suite struct TextTests {
    @Test(arguments: [
        ("ada-1.x", "ada-1.x"), ("part.replied", "part.replied"), ("urn:shop/a@b,c+d", "urn:shop/a@b,c+d"),
        ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("\u{1B}", "'\\u{1b}'"), ("a;b", "'a;b'"),
        ("=ls", "'=ls'"), ("~", "'~'"), ("é", "'é'"),
        ("'\u{301}; x", "''\\''\u{301}; x'"), ("'\u{200D}$(x)", "''\\''\\u{200d}$(x)'"),
    ])
    func `a command for the shell holds any identifier`(argument: String, quoted: String) {
        #expect(Array(Shell.quote(argument).utf8) == Array(quoted.utf8))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/sh"), "there is no /bin/sh"))
    func `a shell reads a quoted argument as it was`() throws {
        for text in ["'\u{301}", "a'\u{301}'b", "\"\u{301},=1+1", "$(x) `y` \\ !z", "'; echo b; '", "*", "-n", "''"] {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "printf %s \(Shell.quote(text))"]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let read = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(Array(read) == Array(text.utf8))
        }
    }

    @Test func `what does not print is written out, and nothing else`() {
        for text in ["", "ada-1", "Zoë — 日本 🎉", "a b", "e\u{301}"] {
            #expect(Array(VisibleText.escape(text).utf8) == Array(text.utf8))
        }
        #expect(VisibleText.escape("a\u{1B}[31mb\r\n") == "a\\u{1b}[31mb\\u{d}\\u{a}")
        #expect(VisibleText.escape("\u{202E}\u{200D}\u{E000}\u{378}") == "\\u{202e}\\u{200d}\\u{e000}\\u{378}")
    }

    @Test func `decimals are read and written exactly`() {
        #expect(Decimals.parse("-12.50")?.units == -1_250)
        #expect(Decimals.parse("1234")?.places == 0)
        #expect(Decimals.parse("1.234")?.places == 3)
        #expect(Decimals.parse("-0.05")?.units == -5)
        for text in ["", "1.2.3", "x", "1.", ".5", "--1", "+1", "1,000", "١٢", "-", String(repeating: "1", count: 43)] {
            #expect(Decimals.parse(text) == nil && !Decimals.isDecimal(text))
        }
        #expect(Decimals.negated("-1.00") == "1.00" && Decimals.negated("1.00") == "-1.00")
        #expect(Decimals.text(-5, places: 2) == "-0.05")
        #expect(Decimals.text(170_141_183_460_469_231_731_687_303_715_884_105_727, places: 0).count == 39)
        #expect(Decimals.short(800_000_000_000, places: 9) == "800")
        #expect(Decimals.short(799_500_000_000, places: 9) == "799.5")
        #expect(Decimals.percent(bp: 8_326) == "83.26 %" && Decimals.percent(bp: -5) == "-0.05 %")
        #expect(Decimals.grouped(-1_234_567) == "-1,234,567")
    }

    @Test func `the list of sums names each that is on the wire, with its amount`() throws {
        let sums = CompensationSums(
            commissionsPending: "1", due: "2", feesAccrued: "3", giftsAtCost: "4", giftsAtValue: "5", inFlight: "6",
            paid: "7", receivable: "8", withheld: "9")
        let wire = try WireCoding.decode([String: String].self, from: WireCoding.encode(sums))
        #expect(Dictionary(uniqueKeysWithValues: NamedSum.all.map { ($0.name, $0.amount(sums)) }) == wire)
        #expect(sums.amounts == NamedSum.all.map { wire[$0.name] })
    }
}
