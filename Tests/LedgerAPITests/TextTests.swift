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
}
