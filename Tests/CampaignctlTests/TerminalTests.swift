import Foundation
import LedgerAPI
import LedgerClient
import Testing

@testable import campaignctl

@Suite struct TerminalTests {
    @Test func `text that prints stays as it is`() {
        for text in ["", "ada-1", "Zoë — 日本 🎉", "a b"] {
            #expect(TerminalText.escape(text) == text)
            #expect(TerminalText.escapeJSON(text) == text)
        }
    }

    @Test func `what steers a terminal or hides is written out`() {
        #expect(TerminalText.escape("a\u{1B}[31mb\n") == "a\\u{1b}[31mb\\u{a}")
        #expect(
            TerminalText.escape("\u{202E}\u{9B}\u{7F}\u{2028}\u{FEFF}") == "\\u{202e}\\u{9b}\\u{7f}\\u{2028}\\u{feff}")
    }

    @Test func `escaped JSON has the same value`() throws {
        let json = "{\"a\":\"x\u{9B}y\u{202E}\u{E0001}\"}"
        let escaped = TerminalText.escapeJSON(json)
        #expect(escaped == "{\"a\":\"x\\u009by\\u202e\\udb40\\udc01\"}")
        #expect(
            try WireCoding.decode(JSONValue.self, from: Data(json.utf8))
                == WireCoding.decode(JSONValue.self, from: Data(escaped.utf8)))
    }

    @Test func `columns are aligned by what they take on the screen`() {
        var table = Table(.left("name"), .right("n"), .left("note"))
        table.add("日本", "7", "wide")
        table.add("e\u{301}", "1234", "")
        #expect(table.text(.plain) == "name     n  note\n日本     7  wide\ne\u{301}     1234\n")
    }

    @Test func `colours are for terminals, and NO_COLOR and dumb terminals are honoured`() {
        let style = { (isTerminal: Bool, variables: [String: String]) in
            Style(isTerminal: isTerminal, environment: { variables[$0] })
        }
        #expect(style(true, [:]).color)
        #expect(!style(false, [:]).color)
        #expect(!style(true, ["NO_COLOR": "1"]).color)
        #expect(style(true, ["NO_COLOR": ""]).color)
        #expect(!style(true, ["TERM": "dumb"]).color)
        #expect(style(false, ["LANG": "de_DE.UTF-8"]).unicode)
        #expect(style(false, ["LC_ALL": "C.utf8"]).unicode)
        #expect(!style(false, ["LC_ALL": "C", "LANG": "de_DE.UTF-8"]).unicode)
        #expect(!style(false, [:]).unicode)
    }

    @Test func `a bar is filled in proportion and never beyond its ends`() {
        #expect(Style.plain.bar(5_000, of: 10_000, width: 10) == "#####.....")
        #expect(Style.plain.bar(-5, of: 10, width: 4) == "....")
        #expect(Style.plain.bar(50, of: 10, width: 4) == "####")
        #expect(Style.plain.bar(1, of: 0, width: 4) == "....")
    }

    @Test func `figures are grouped, and carry their units`() {
        #expect(Figures.grouped(0) == "0")
        #expect(Figures.grouped(-1_234_567) == "-1,234,567")
        #expect(Figures.grouped(UInt64.max) == "18,446,744,073,709,551,615")
        #expect(Figures.percent(bp: 5) == "0.05 %")
        #expect(Figures.percent(bp: 10_000) == "100.00 %")
        #expect(Figures.decimal(-1_234, places: 4) == "-0.1234")
        #expect(Figures.bytes(0) == "0 B")
        #expect(Figures.bytes(1_023) == "1023 B")
        #expect(Figures.bytes(1_536) == "1.5 KiB")
        #expect(Figures.bytes(1 << 40) == "1.0 TiB")
        #expect(Figures.bytes(.max) == "15.9 EiB")
        #expect(Figures.duration(seconds: 5) == "0:05")
        #expect(Figures.duration(seconds: 3_661) == "1:01:01")
        #expect(Figures.duration(seconds: 93_784) == "1 d 02:03:04")
        #expect(Figures.count(1, "repeat") == "1 repeat")
        #expect(Figures.count(2, "batch", "batches") == "2 batches")
    }

    @Test func `progress shows a bar, rate and time left, or what is known`() {
        #expect(
            Progress.text(done: 250, total: 1_000, events: 5_000, milliseconds: 2_000, hasBar: true, .plain)
                == "[######..................] 25 %  5,000 events  2,500 events/s  0:06 left")
        #expect(
            Progress.text(done: 250, total: 1_000, events: 5_000, milliseconds: 2_000, hasBar: false, .plain)
                == "25 %  5,000 events  2,500 events/s  0:06 left")
        #expect(
            Progress.text(done: 250, total: nil, events: 1, milliseconds: 0, hasBar: true, .plain)
                == "1 event  1,000 events/s")
        #expect(
            Progress.text(done: 0, total: 10, events: 0, milliseconds: 0, hasBar: false, .plain)
                == "0 %  0 events  0 events/s  0:00 left")
    }
}
