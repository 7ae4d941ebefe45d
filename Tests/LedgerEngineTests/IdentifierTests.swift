import Testing

@testable import LedgerEngine

@Suite struct IdentifierTests {
    /// More than are looked at under one hold of the lock, in no order.
    private static let ids = (0..<2500).map { "ada-\($0 * 1237 % 2500)" }

    private func ledger(_ configure: (inout LedgerConfiguration) -> Void) async throws -> TestLedger {
        let test = try TestLedger(configure)
        for start in stride(from: 0, to: Self.ids.count, by: 500) {
            let events = Self.ids[start..<start + 500].map { Event.fee("fee-\($0)", $0, "1", "1.00") }
            let again = Self.ids[start..<start + 50].map { Event.fee("again-\($0)", $0, "2", "1.00") }
            #expect(await test.post(events + again).receipt?.recorded == 550)
        }
        return test
    }

    @Test(
        "Identifiers are in order, each once, from anywhere on and as many as wanted, wherever their rows are",
        arguments: [(3_600_000, 64 << 20), (1, 64 << 20), (3_600_000, 1 << 16)])
    func identifiers(checkpointMilliseconds: Int, checkpointBytesMax: Int) async throws {
        let test = try await ledger {
            $0.checkpointMilliseconds = checkpointMilliseconds
            $0.checkpointBytesMax = checkpointBytesMax
        }
        let reading = try await test.ledger.reading(test.latest)
        let sorted = Self.ids.sorted()
        for prefix in [[ViewKeys.influencer], ViewKeys.members(of: "c1")] {
            #expect(try reading.allIdentifiers(prefix) == sorted)
            for (limit, start) in [(1, 0), (100, 0), (100, 1), (1000, 700), (1000, 2000), (5000, 3)] {
                let after = start == 0 ? nil : sorted[start - 1]
                let page = try reading.identifiers(prefix, after: after, limit: limit)
                #expect(page == Array(sorted[start...].prefix(limit)), "\(limit) from \(start)")
            }
            #expect(try reading.identifiers(prefix, after: sorted.last, limit: 10).isEmpty)
        }
        #expect(try reading.allIdentifiers([ViewKeys.link]) == ["c1"])
    }

    @Test("None is missing while checkpoints take rows away")
    func whileCheckpointing() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 1 }
        for start in stride(from: 0, to: Self.ids.count, by: 10) {
            let posted = Self.ids[..<(start + 10)]
            _ = await test.post(posted[start...].map { Event.fee("fee-\($0)", $0, "1", "1.00") })
            let reading = try await test.ledger.reading(test.latest)
            #expect(try reading.allIdentifiers([ViewKeys.influencer]) == posted.sorted())
        }
    }
}
