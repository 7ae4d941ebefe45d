import Foundation
import Logging
import Testing

@testable import campaignd

struct StructuredLogTests {
    private static func line(
        _ format: StructuredLogHandler.Format, _ message: String, _ fields: [(String, String)]
    ) -> String {
        StructuredLogHandler.line(
            format, time: "2026-01-01T00:00:00.000Z", level: "info", label: "campaignd", message: message,
            fields: fields)
    }

    @Test func textIsOneLineWithItsFields() {
        #expect(
            Self.line(.text, "started", [("head", "7"), ("path", "/a b")])
                == "2026-01-01T00:00:00.000Z info     campaignd: started head=7 path=\"/a b\"")
    }

    @Test func whatCouldBreakALineOrFoolATerminalIsEscaped() {
        let line = Self.line(.text, "one\ntwo\u{1B}[31m", [("x", "a\u{202E}b\"c")])
        #expect(line.hasSuffix(#"campaignd: one\u000atwo\u001b[31m x="a\u202eb\"c""#))
    }

    @Test func jsonIsOneObjectThatParses() throws {
        let line = Self.line(.json, "quote \" and \n", [("level", "mine"), ("head", "7")])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(object["message"] == "quote \" and \n")
        #expect(object["level"] == "info")
        #expect(object["_level"] == "mine")
        #expect(object["head"] == "7")
    }

    @Test func theSharedLevelChangesLoggersInUse() throws {
        let shared = SharedLogLevel(.info)
        let logger = Logger(label: "x") { StructuredLogHandler(label: $0, format: .text, shared: shared) }
        #expect(logger.logLevel == .info)
        let old = try DaemonSettings(file: nil, environment: [:], flags: [:])
        let new = try DaemonSettings(
            file: nil, environment: ["CAMPAIGN_LEDGER_LOG_LEVEL": "critical", "CAMPAIGN_LEDGER_DATA": "x"], flags: [:])
        #expect(old.changes(to: new) == ["data", "log.level"])
        Reloading(old, level: shared, logger: logger, take: { _ in }).reload { new }
        #expect(logger.logLevel == .critical)
    }
}
