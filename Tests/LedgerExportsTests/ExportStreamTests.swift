import FoundationEssentials
import LedgerAPI
import Testing

@testable import LedgerExports

@Suite struct ExportStreamTests {
    private func line(_ value: some Encodable) throws -> Data {
        try WireCoding.encode(value)
    }

    @Test func `a whole stream is its beginning, its rows and an end that counts them`() throws {
        var reader = ExportStreamReader(name: "postings")
        #expect(try reader.take(try line(Fixtures.beginning)) == .beginning(Fixtures.beginning))
        let row = try line(Fixtures.postings[0])
        #expect(try reader.take(row) == .row(row))
        #expect(try reader.decode(PostingBody.self, from: row) == Fixtures.postings[0])
        #expect(try reader.take(try line(ExportEnd(count: 1))) == .end)
        try reader.finish()
    }

    @Test func `what is cut off, counted wrongly or goes on after its end is a fault`() throws {
        var reader = ExportStreamReader(name: "postings")
        #expect(throws: ExportFault.cutOff(stream: "postings", rows: 0)) { try reader.finish() }
        _ = try reader.take(try line(Fixtures.beginning))
        _ = try reader.take(try line(Fixtures.postings[0]))
        #expect(throws: ExportFault.cutOff(stream: "postings", rows: 1)) { try reader.finish() }
        var other = reader
        #expect(throws: ExportFault.miscounted(stream: "postings", announced: 2, rows: 1)) {
            try other.take(try line(ExportEnd(count: 2)))
        }
        _ = try reader.take(try line(ExportEnd(count: 1)))
        #expect(throws: ExportFault.self) { try reader.take(try line(Fixtures.postings[0])) }
    }

    @Test func `another stream, another moment and what is no row are faults`() throws {
        var reader = ExportStreamReader(name: "posts")
        #expect(throws: ExportFault.self) { try reader.take(try line(Fixtures.beginning)) }
        #expect(throws: ExportFault.self) { try reader.take(Data("{}".utf8)) }
        #expect(throws: ExportFault.self) { try reader.decode(PostingBody.self, from: Data("{}".utf8)) }
        var beginning = Fixtures.beginning
        beginning.position += 1
        let later = ExportMoment(beginning)
        #expect(throws: ExportFault.self) { try Fixtures.moment.check(later, stream: "posts") }
        try Fixtures.moment.check(Fixtures.moment, stream: "posts")
    }
}
