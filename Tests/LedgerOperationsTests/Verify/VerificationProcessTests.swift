import EventLog
import LedgerEngine
import LedgerStore
import Testing

@testable import LedgerOperations

/// What is said of a process that reads, however it ends. A shell takes its part.
@Suite struct VerificationProcessTests {
    private static let finding = ReplayFinding(
        .views, .different, position: Position(7), subject: "influencer/é\n\"1\"", "a row\nof two lines")
    private static let end = VerificationMessage.End(
        VerificationResult(
            position: Position(9), isSound: false, records: 9, recordsSHA256: "ab",
            readModels: [.init(name: "views", position: Position(9), rows: 3, sha256: "1", expectedSHA256: "2")]),
        findings: 1)
    private static let atViews = VerificationMessage.at(
        .init(phase: "compare", place: "views", done: 40, total: 90))

    private struct Told {
        var end: VerificationProcess.End
        var messages: [VerificationMessage]
        var states: [OperationState]
    }

    /// Runs a script that gets messages as its arguments.
    private func run(
        _ script: String, _ messages: [VerificationMessage] = [], in place: Place = Place(),
        isCancelled: @escaping () -> Bool = { false }
    ) throws -> Told {
        let verification = OfflineVerification(directory: "\(place.path)/data", work: nil, cores: 1)
        let lines = messages.map { String(decoding: $0.line.dropLast(), as: UTF8.self) }
        let process = VerificationProcess(
            verification, program: "/bin/sh", arguments: ["-c", script, "sh"] + lines)
        var told: [VerificationMessage] = []
        var states: [OperationState] = []
        let watch = OperationWatch(report: { states.append($0) }, isCancelled: isCancelled)
        let end = try process.run(watch: watch) { told.append($0) }
        return Told(end: end, messages: told, states: states)
    }

    private static let say = #"for line; do printf '%s\n' "$line"; done; "#

    @Test func `what it finds and how it ends is passed on`() throws {
        let found = VerificationMessage.found(.init(Self.finding))
        let told = try run(Self.say, [.remark("older rows"), Self.atViews, found, .ended(Self.end)])
        #expect(told.messages == [.remark("older rows"), found])
        #expect(told.states == [OperationState(.compare, done: 40, total: 90, events: 40)])
        #expect(told.end == .ended(Self.end.result, findings: 1))
    }

    @Test(arguments: [("BUS", "SIGBUS"), ("SEGV", "SIGSEGV"), ("ABRT", "SIGABRT")])
    func `a signal of damage is a finding that names file, signal and last words`(
        signal: String, name: String
    ) throws {
        let place = Place()
        let told = try run(
            Self.say + "mkdir -p \(place.path)/data.verify/views; echo 'mdb.c:1: no leaf' >&2; kill -\(signal) $$",
            [Self.atViews], in: place)
        guard case .died(let finding) = told.end else {
            Issue.record("\(told.end)")
            return
        }
        #expect(finding.place == .views && finding.kind == .damaged)
        for words in [
            "\(place.path)/data/views/data.mdb", name, "mdb.c:1: no leaf", "40 of 90", "Delete the directory",
        ] {
            #expect(finding.text.contains(words), "\(finding.text)")
        }
        #expect(try Place.contents(place.path).isEmpty && FileSystem.names(in: place.path) == [])
    }

    @Test func `of a damaged log it says to restore a backup`() throws {
        let told = try run(
            Self.say + "kill -BUS $$", [.at(.init(phase: "records", place: "log", done: 1, total: 2))])
        guard case .died(let finding) = told.end else {
            Issue.record("\(told.end)")
            return
        }
        #expect(finding.place == .log && finding.text.contains("campaignctl restore"))
    }

    @Test func `whoever is killed says nothing of the ledger`() {
        #expect(throws: OperationFault.self) { try run("kill -KILL $$") }
        #expect(throws: OperationFault.self) { try run("exit 3") }
        #expect(throws: OperationFault.failed("no room")) { try run(Self.say, [.failed("no room")]) }
        #expect(throws: OperationFault.cancelled("nothing")) { try run(Self.say, [.cancelled("nothing")]) }
    }

    @Test func `it is called off, and whatever it says then it counts as called off`() throws {
        let begin = ContinuousClock.now
        defer { #expect(ContinuousClock.now - begin < .seconds(30), "it was not told") }
        do {
            _ = try run("exec sleep 60", isCancelled: { true })
            Issue.record("it ended by itself")
        } catch OperationFault.cancelled(let text) {
            #expect(text.contains("was changed"))
        }
    }

    @Test func `a line without end is no message`() {
        #expect(throws: OperationFault.self) { try run("exec tr '\\0' x < /dev/zero") }
    }

    @Test func `messages are lines, and read back as they were`() throws {
        for message: VerificationMessage in [
            Self.atViews, .found(.init(Self.finding)), .remark("a\nb"), .ended(Self.end), .failed(""), .cancelled("x"),
        ] {
            #expect(message.line.count { $0 == 10 } == 1)
            #expect(VerificationMessage(line: message.line) == message)
        }
        #expect(VerificationMessage(line: Array("mdb.c: Assertion".utf8)) == nil)
    }

    @Test func `a long text is cut`() {
        let finding = VerificationMessage.Finding(
            ReplayFinding(.log, .damaged, subject: String(repeating: "é", count: 1 << 20), "x"))
        #expect((finding.subject?.utf8.count ?? 0) < 8_192)
        #expect(VerificationMessage.found(finding).line.count < VerificationMessage.lineBytesMax)
    }
}
