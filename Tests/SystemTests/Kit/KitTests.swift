import LedgerAPI
import Testing

extension SystemSuite {
    /// The tests' own instruments notice what they are there for.
    @Suite("Instruments")
    struct KitTests {
        private static func line(_ id: String, _ sequence: Int) -> String {
            let digits = String(sequence)
            let padded = String(repeating: "0", count: 20 - digits.count) + digits
            return #"{"id":"\#(id)","source":"urn:x","sequence":"\#(padded)","data":{"a":["}",{"b":"\""}]}}"#
        }

        private static func log(_ ids: String..., from first: Int = 1) throws -> EventLines {
            let lines = ids.enumerated().map { line($1, first + $0) }
            return try EventLines(Array(lines.joined(separator: "\n").utf8))
        }

        private static func identity(_ id: String) throws -> UInt64 {
            let lines = try log(id)
            return lines.identity(lines.lines[0])
        }

        private static func book(_ ids: String...) throws -> LogBook {
            var book = LogBook()
            for (index, id) in ids.enumerated() { try book.acknowledge(identity(id), at: UInt64(index + 1)) }
            return book
        }

        @Test("A log that holds what was acknowledged passes")
        func sound() throws {
            var book = try Self.book("a", "b")
            try book.check(Self.log("a", "b"))
            #expect(book.position == 2)
        }

        @Test("A lost, a doubled, an exchanged and an unknown event are noticed, and a gap")
        func noticed() throws {
            let wrong: [(LogBook, EventLines)] = [
                (try Self.book("a", "b"), try Self.log("a")),
                (try Self.book("a"), try Self.log("a", "a")),
                (try Self.book("a", "b"), try Self.log("b", "a")),
                (try Self.book("a"), try Self.log("a", "stranger")),
                (try Self.book("a"), try Self.log("a", from: 2)),
            ]
            for (book, log) in wrong {
                var book = book
                #expect(throws: SystemFailure.self) { try book.check(log) }
            }
        }

        @Test("A request recorded in part is noticed, one recorded whole is not")
        func unknown() throws {
            var book = try Self.book("a")
            book.wonder(about: .init(body: [], identities: [try Self.identity("b"), try Self.identity("c")]))
            try book.check(Self.log("a"))
            #expect(throws: SystemFailure.self) { try book.checkRest(Self.log("b", from: 2)) }
            try book.checkRest(Self.log("c", from: 3))
        }

        @Test("What reads differently than before is noticed")
        func changed() throws {
            var book = LogBook()
            let batch = ClientLoad.Batch(body: [], identities: [try Self.identity("a")])
            book.wonder(about: batch)
            try book.check(Self.log("a"))
            book.wonder(about: .init(body: [], identities: [try Self.identity("b")]))
            #expect(throws: SystemFailure.self) { try book.check(Self.log("b")) }
        }

        @Test("Differences of JSON are named by their path")
        func differences() {
            let expected: JSONValue = .object(["a": .array([.integer(1), .string("x")]), "b": .null])
            let found: JSONValue = .object(["a": .array([.integer(1), .string("y"), .bool(true)])])
            #expect(
                JSONDifference.between(expected: expected, found: found) == [
                    "/a/1: expected \"x\", found \"y\"", "/a/2: expected nothing, found true",
                    "/b: expected null, found nothing",
                ])
            #expect(JSONDifference.between(expected: expected, found: expected).isEmpty)
        }

        @Test("A list may be older only within a minute of midnight in UTC")
        func freshness() {
            let midnight = 1_735_689_600.0
            for (seconds, bound) in [(-61.0, 10.0), (-60, 60), (0, 60), (60, 60), (61, 10), (43_200, 10)] {
                #expect(Freshness.secondsMax(at: midnight + seconds) == bound)
            }
        }

        @Test("The bytes of an event's data are taken as they stand")
        func members() throws {
            let lines = try Self.log("a", "b")
            #expect(lines.lines.count == 2)
            #expect(
                lines.lines.map { String(decoding: lines.data($0), as: UTF8.self) } == [
                    #"{"a":["}",{"b":"\""}]}"#, #"{"a":["}",{"b":"\""}]}"#,
                ])
            #expect(lines.lines.map { lines.position($0) } == [1, 2])
        }
    }
}
