import CampaignDomain
import EventLog
import Testing

@testable import LedgerEngine

/// The view of the directory that is kept between questions, and what is answered at once with it.
@Suite struct DirectoryViewTests {
    private static let present = "2026-06-10T12:00:00Z"
    private static let (past, future) = ("2026-06-02T00:00:00Z", "2026-06-20T00:00:00Z")

    private static func opened(_ campaign: String, time: String) -> String {
        Event.line(
            "open-\(campaign)", "campaign.opened", time: time,
            #"{"campaignId":"\#(campaign)","brandId":"acme","topics":["books"],"#
                + #""budget":{"currency":"EUR","amount":"1.00"},"startsOn":"2026-01-01","endsOn":"2026-12-31"}"#)
    }

    private enum Way: Equatable {
        case answered, unknown, later
    }

    private static func way(_ test: TestLedger, at: String? = nil) throws -> Way {
        let query = Query(at: at.map { TestClock.parse($0) })
        switch try test.ledger.influencerAtOnce("ada", query, factBytesMax: 1 << 20, judge: { $0.trust().raw }) {
        case .answer: return .answered
        case .unknown: return .unknown
        case .later: return .later
        }
    }

    private static func ask(_ test: TestLedger, at: String? = nil) async throws {
        let query = Query(at: at.map { TestClock.parse($0) }, minPosition: test.ledger.head)
        _ = try await test.ledger.influencer("ada", query)
    }

    private static func ledger() async throws -> TestLedger {
        let test = try TestLedger(clock: TestClock(present))
        let lines = [
            Event.registered("r", "ada"), opened("c1", time: "2026-06-01T12:00:00Z"),
            opened("c2", time: "2026-06-05T12:00:00Z"), opened("c3", time: "2026-06-11T06:00:00Z"),
        ]
        #expect(await test.post(lines).receipt != nil)
        return test
    }

    @Test("Where the view has to be made the answer is not at once; afterwards it is")
    func missesLater() async throws {
        let test = try await Self.ledger()
        try await Self.ask(test, at: Self.future)
        #expect(try Self.way(test) == .later)
        try await Self.ask(test)
        #expect(try Self.way(test) == .answered)
        #expect(try Self.way(test, at: Self.past) == .later)
        #expect(try Self.way(test, at: "2026-06-11T06:00:00Z") == .later)
        // Nothing changes between now and then.
        #expect(try Self.way(test, at: "2026-06-11T05:59:59Z") == .answered)
        #expect(await test.post([Self.opened("c4", time: "2026-06-01T12:00:00Z")]).receipt != nil)
        _ = try await test.ledger.reading(test.latest)
        #expect(await test.post([Event.registered("r2", "bob")]).receipt != nil)
        #expect(try Self.way(test) == .answered)
    }

    @Test("Questions about the past and the future leave the present's view in its place")
    func presentStays() async throws {
        let test = try await Self.ledger()
        for first in [Self.future, Self.past, Self.present] {
            try await Self.ask(test, at: first)
            try await Self.ask(test)
            for other in [Self.past, Self.future, "2026-06-11T06:00:00Z", "1970-01-01T00:00:00Z"] {
                try await Self.ask(test, at: other)
                #expect(try Self.way(test) == .answered, "\(first), then \(other)")
            }
        }
    }

    @Test("The clock moves the view on, also when it is set back")
    func clock() async throws {
        let test = try await Self.ledger()
        try await Self.ask(test)
        test.clock.set("2026-06-11T06:00:00Z")
        #expect(try Self.way(test) == .later)
        try await Self.ask(test)
        #expect(try Self.way(test) == .answered)
        test.clock.set("2026-06-05T11:00:00Z")
        #expect(try Self.way(test) == .later)
        try await Self.ask(test)
        #expect(try Self.way(test) == .answered)
        // An earlier instant to which the same view holds makes it hold longer.
        try await Self.ask(test, at: "2026-06-03T00:00:00Z")
        test.clock.set("2026-06-03T00:00:00Z")
        #expect(try Self.way(test) == .answered)
    }
}
