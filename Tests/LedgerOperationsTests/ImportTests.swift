import CampaignCoding
import CampaignDomain
import EventLog
import Glibc
import LedgerEngine
import LedgerStore
import Logging
import ProgrammeSimulator
import Testing

@testable import LedgerOperations

@Suite struct ImportTests {
    let place = Place()
    var target: String { "\(place.path)/imported" }

    /// A ledger with a programme in it, and its export.
    struct Exported {
        let path: String
        var lines: [String] = []
        var plain: [String] = []

        var file: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }
    }

    @Test func `what was exported and imported is the same records byte for byte`() async throws {
        let exported = try await export(events: 3_000)
        #expect(exported.lines.contains { $0.contains(#""type":"event.retracted""#) })
        #expect(exported.lines.contains { $0.contains(#""traceparent":"00-1","tracestate":"a\\b""#) })
        #expect(exported.lines[0].contains(#""recordeduid":"4294967295","recordeduser":"Zoë \"\\\u0007\"""#))
        let result = try run(exported.file)
        #expect(result.totals.recorded == exported.lines.count)
        #expect(result.totals.repeats == 0)
        #expect(result.totals.moved == 0)
        #expect(result.totals.withoutPoster == 0)
        let digest = try SmallLedger(path: exported.path).digest()
        #expect(result.recordsSha256 == digest)
        #expect(try SmallLedger(path: target).digest() == digest)
        #expect(try await readModels(target) == readModels(exported.path))
    }

    @Test func `an import that was cut short goes on with append, and nothing is recorded twice`() async throws {
        let exported = try await export(events: 12_000)
        var passes = 0
        let watch = OperationWatch(report: { _ in passes += 1 }, isCancelled: { passes >= 1 })
        let fault = #expect(throws: OperationFault.self) { try run(exported.file, watch: watch) }
        guard case .cancelled(let text) = fault else {
            Issue.record("an import that was called off gave \(String(describing: fault))")
            return
        }
        let head = try #require(try LedgerMarker.read(directory: target)).head
        #expect(head > .beforeFirst && head.rawValue < UInt64(exported.lines.count))
        #expect(text.contains("\(head) events of events.ndjson were recorded before it"))
        let refused = #expect(throws: OperationFault.self) { try run(exported.file) }
        #expect(refused?.description.contains("holds a ledger with events up to \(head)") == true)
        let result = try run(exported.file, isAppending: true)
        #expect(result.totals.repeats == Int(head.rawValue))
        #expect(result.totals.recorded == exported.lines.count - Int(head.rawValue))
        #expect(result.recordsSha256 == (try SmallLedger(path: exported.path).digest()))
    }

    @Test func `a file's order is the ledger's order`() async throws {
        let lines = try await export(events: 40).lines
        func expect(_ file: [String], _ line: Int, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
            let fault = #expect(throws: OperationFault.self, sourceLocation: sourceLocation) {
                try run(Array(file.joined(separator: "\n").utf8))
            }
            let said = fault?.description ?? ""
            #expect(said.hasPrefix("Line \(line) of events.ndjson: "), "\(said)", sourceLocation: sourceLocation)
            #expect(said.contains(text), "\(said)", sourceLocation: sourceLocation)
            #expect(said.hasSuffix("ends at 0."), "\(said)", sourceLocation: sourceLocation)
        }
        expect(Array(lines[1...]), 1, "its sequence is 2, and 1 has to come here")
        expect(Array(lines[..<5]) + Array(lines[6...]), 6, "its sequence is 7, and 6 has to come here")
        expect(["", lines[0], "", lines[0]], 4, "its sequence is 1, and 2 has to come here")
        let second = lines[1].replacing(#""sequence":"00000000000000000002""#, with: #""sequence":"3""#)
        expect([lines[0], second], 2, "its sequence is 3")
        let again = lines[0].replacing(#""sequence":"00000000000000000001""#, with: #""sequence":"2""#)
        expect([lines[0], again], 2, "it is the same event as that of sequence 1")
        let early = lines[1].replacing(#""recordedtime":"2026"#, with: #""recordedtime":"2025"#)
        expect([lines[0], early], 2, "recorded times never decrease")
        let late = lines[0].replacing(#""recordedtime":"2026"#, with: #""recordedtime":"1999"#)
        expect([late], 1, "is more than 24 h after its recordedtime")
        expect([lines[0].replacing(#""recordedtime":"#, with: #""recordedTime":"#)], 1, "unknownAttribute")
        expect(
            [lines[0].replacing(#""sequence":"00000000000000000001","#, with: "")], 1, "missingAttribute at /sequence")
        expect([lines[0].replacing(#""recordeduid":"4294967295","#, with: "")], 1, "missingAttribute at /recordeduid")
        expect(
            [lines[0].replacing(#""recordeduid":"4294967295""#, with: #""recordeduid":"4294967296""#)], 1,
            "invalidAttribute at /recordeduid")
        expect([lines[0], "no JSON"], 2, "invalidJSON")
    }

    @Test func `an event without its poster counts as the importer's, and the answer says so`() async throws {
        let exported = try await export(events: 20)
        let result = try run(Array(exported.plain.joined(separator: "\n").utf8))
        #expect(result.totals.withoutPoster == exported.plain.count)
        #expect(result.recordsSha256 != (try SmallLedger(path: exported.path).digest()))
        let source = try LedgerSource.open(path: target)
        defer { source.close() }
        #expect(try source.log.withRecord(at: .first) { $0.posterUID } == getuid())
    }

    @Test func `events appended to others get new positions, and a retraction that would name another is refused`()
        async throws
    {
        let exported = try await export(events: 3_000)
        let own = Event.registered("own-1", "somebody-else")
        try await post([own], to: target)
        let retraction = try #require(exported.lines.firstIndex { $0.contains(#""type":"event.retracted""#) })
        let before = Array(exported.lines[..<retraction])
        let result = try run(Array(before.joined(separator: "\n").utf8), isAppending: true)
        #expect(result.totals.moved == retraction)
        #expect(result.head == UInt64(retraction) + 1)
        let fault = #expect(throws: OperationFault.self) { try run(exported.file, isAppending: true) }
        #expect(fault?.description.contains("it retracts position") == true, "\(String(describing: fault))")
        #expect(fault?.description.hasPrefix("Line \(retraction + 1) of") == true)
    }

    @Test func `what POST refuses by name is only an import's`() async throws {
        let exported = try await export(events: 20)
        let ledger = try open("\(place.path)/other")
        defer { ledger.close() }
        let outcome = await append([exported.lines[0]], to: ledger)
        guard case .failure(.faults(let faults, _)) = outcome else {
            Issue.record("a complete line was posted: \(outcome)")
            return
        }
        #expect(faults.map(\.pointer) == ["/recordeduid", "/recordeduser"])
        #expect(faults.allSatisfy { $0.code == .unknownAttribute })
    }
}
