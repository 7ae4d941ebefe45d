import Testing

@testable import campaignctl

/// Tables and lines on terminals that are too narrow for them.
@Suite struct FittingTests {
    private func style(_ columns: Int?) -> Style {
        Style(color: false, unicode: true, columns: columns)
    }

    private var table: Table {
        var table = Table(.left("name"), .left("about"), .right("a"), .right("b"))
        table.add("ada", "some words that go on", "123456", "1234567890")
        return table
    }

    @Test func `a table that fits is one line a row`() {
        #expect(table.text(style(nil)) == table.text(style(200)))
        #expect(table.text(style(nil)).split(separator: "\n").count == 2)
    }

    @Test func `texts go on in the next line, between words`() {
        #expect(
            table.text(style(40)) == """
                name  about                a           b
                ada   some words      123456  1234567890
                      that go on

                """)
    }

    @Test func `a table that cannot be narrowed is taken apart, each part with its key`() {
        var wide = Table(.left("name"), .right("first"), .right("second"), .right("third"))
        wide.add("ada", "123456789012345", "123456789012345", "123456789012345")
        #expect(
            wide.text(style(40)) == """
                name            first           second
                ada   123456789012345  123456789012345

                name            third
                ada   123456789012345

                """)
    }

    @Test(arguments: [40, 47, 55, 80])
    func `nothing is lost at any width`(columns: Int) {
        let text = table.text(style(columns))
        for word in ["ada", "some", "words", "that", "go", "on", "123456", "1234567890"] {
            #expect(text.contains(word))
        }
        #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= columns })
    }

    @Test func `an instant and what is to stay whole go to another part rather than being broken`() {
        var table = Table(.left("who"), .left("agreed"), .left("ended"), .left("about"))
        table.add(
            .init("all influencers", isWhole: true), "2026-01-10T12:00:00.123456Z",
            "2026-04-10T12:00:00.654321Z, completed", "some words that go on and on")
        for columns in [50, 60, 70, 80] {
            let text = table.text(style(columns))
            for whole in ["all influencers  ", "2026-01-10T12:00:00.123456Z", "2026-04-10T12:00:00.654321Z,"] {
                #expect(text.contains(whole), "\(columns):\n\(text)")
            }
            #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= columns })
        }
    }

    @Test func `words longer than a line are broken at marks, else anywhere, by columns`() {
        #expect(TerminalText.wrap("2026-06-30T12:00:00Z", width: 12) == ["2026-06-", "30T12:00:00Z"])
        #expect(TerminalText.wrap("abcdefgh", width: 3) == ["abc", "def", "gh"])
        #expect(TerminalText.wrap("日本語の本", width: 5) == ["日本", "語の", "本"])
        #expect(TerminalText.wrap("e\u{301}e\u{301}e\u{301}", width: 2) == ["e\u{301}e\u{301}", "e\u{301}"])
        #expect(TerminalText.wrap("", width: 3) == [""])
    }

    @Test func `the width is COLUMNS, else the terminal's, else none`() {
        #expect(Style(isTerminal: true, terminalColumns: 120) { _ in nil }.columns == 120)
        #expect(Style(isTerminal: true, terminalColumns: 120) { $0 == "COLUMNS" ? "90" : nil }.columns == 90)
        #expect(Style(isTerminal: false) { $0 == "COLUMNS" ? "90" : nil }.columns == 90)
        #expect(Style(isTerminal: false) { _ in nil }.columns == nil)
        #expect(Style(isTerminal: true, terminalColumns: 7) { _ in nil }.columns == 40)
        #expect(Style(isTerminal: true, terminalColumns: 80) { $0 == "COLUMNS" ? "many" : nil }.columns == 80)
    }

    @Test func `parts flow onto lines, and a separator begins none`() {
        #expect(
            style(40).flow(["twelve chars", "twelve chars", "twelve chars"], separator: " · ", indent: "  ")
                == "  twelve chars · twelve chars\n  twelve chars\n")
    }

    @Test func `dots of braille stand where they were set`() {
        var canvas = BrailleCanvas(columns: 2, rows: 1, unicode: true)
        canvas.set(x: 0, y: 0)
        canvas.set(x: 3, y: 3)
        canvas.set(x: 9, y: 9)
        #expect(canvas.lines == ["⡀⠈"])
        var plain = BrailleCanvas(columns: 3, rows: 3, unicode: false)
        plain.line(from: (x: 0, y: 0), to: (x: 2, y: 2))
        #expect(plain.lines == ["  *", " * ", "*  "])
    }
}
