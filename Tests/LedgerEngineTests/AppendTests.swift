import CampaignCoding
import CampaignDomain
import EventLog
import LedgerEngine
import Testing

@Suite struct AppendTests {
    @Test("Events of a request get dense positions in its order, and are there once")
    func recordsInOrder() async throws {
        let test = try TestLedger()
        let first = await test.post([Event.registered("a", "ada"), Event.registered("b", "bea")]).receipt
        #expect(first?.recorded == 2)
        #expect(first?.runs == [1...2])
        #expect(first?.head == Position(2))
        let second = await test.post([Event.registered("c", "cleo")]).receipt
        #expect(second?.runs == [3...3])
    }

    @Test("A repeat is answered with the first position and changes nothing, also after restarts and rebuilds")
    func repeats() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        for deletingFolds in [false, true] {
            try test.restart(deletingFolds: deletingFolds)
            let again = await test.post([Event.registered("x\(deletingFolds)", "bea"), Event.registered("a", "ada")])
                .receipt
            #expect(again?.repeats == [AppendReceipt.Repeat(index: 1, position: Position(1))])
            #expect(again?.recorded == 1)
        }
        #expect(test.ledger.head == Position(3))
    }

    @Test("The same content is content equal as JSON values, not as bytes")
    func sameContent() async throws {
        let test = try TestLedger()
        _ = await test.post([
            Event.line("a", "audience.measured", #"{"influencerId":"ada","followers":10,"ext":{"a":1,"b":[2]}}"#)
        ])
        let again = await test.post([
            Event.line(
                "a", "audience.measured", time: "2026-06-01T14:00:00+02:00",
                #"{ "ext": {"b":[2],"\u0061":1}, "followers":10, "influencerId":"ada"}"#)
        ])
        #expect(again.receipt?.repeats.count == 1)
        let other = await test.post([
            Event.line("a", "audience.measured", #"{"influencerId":"ada","followers":11}"#)
        ])
        #expect(other.faults == ["0 identityConflict /id"])
    }

    @Test(
        "The same identity twice in a request is a repeat, with other content a conflict that names the first's index")
    func twiceInOneRequest() async throws {
        let test = try TestLedger()
        let twice = await test.post([Event.registered("a", "ada"), Event.registered("a", "ada")]).receipt
        #expect(twice?.recorded == 1)
        #expect(twice?.repeats == [AppendReceipt.Repeat(index: 1, position: Position(1))])
        let conflict = await test.post([Event.registered("b", "bea"), Event.registered("b", "bob")])
        guard case .failure(.faults(let faults, 1)) = conflict else {
            Issue.record("not refused: \(conflict)")
            return
        }
        #expect(faults[0].index == 1)
        #expect(faults[0].expected.contains("event 0 of this request"))
        #expect(test.ledger.head == Position(1))
    }

    @Test("A refused request leaves nothing behind: not its events, not their identities")
    func refusedLeavesNothing() async throws {
        let test = try TestLedger()
        let refused = await test.post([Event.registered("a", "ada"), Event.retracted("r", "ada", position: 99)])
        #expect(refused.faults == ["1 retractionTargetUnknown /data/position"])
        #expect(test.ledger.head == .beforeFirst)
        let after = await test.post([Event.registered("a", "other")]).receipt
        #expect(after?.runs == [1...1])
    }

    @Test("An expected revision is that of the stream just before the event, those of the request included")
    func expectedRevision() async throws {
        let test = try TestLedger()
        let good = await test.post([
            Event.fee("f1", "ada", "1", "1.00", attributes: #""expectedrevision":0,"#),
            Event.fee("f2", "ada", "2", "1.00", attributes: #""expectedrevision":1,"#),
            Event.fee("f3", "bea", "1", "1.00", attributes: #""expectedrevision":0,"#),
        ])
        #expect(good.receipt?.recorded == 3)
        let bad = await test.post([Event.fee("f4", "ada", "4", "1.00", attributes: #""expectedrevision":1,"#)])
        #expect(bad.faults == ["0 revisionMismatch /expectedrevision"])
        let retry = await test.post([Event.fee("f2", "ada", "2", "1.00", attributes: #""expectedrevision":1,"#)])
        #expect(retry.receipt?.repeats.count == 1, "a retry never fails because its own revision has moved")
        try test.restart(deletingFolds: true)
        let later = await test.post([Event.fee("f4", "ada", "4", "1.00", attributes: #""expectedrevision":2,"#)])
        #expect(later.receipt?.recorded == 1)
    }

    @Test("A retraction names an event of its own stream that is neither a policy nor a retraction")
    func retractions() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada"), Event.registered("b", "bea")])
        #expect(
            await test.post([Event.retracted("r1", "bea", position: 1)]).faults == [
                "0 retractionTargetOtherStream /data/position"
            ])
        #expect(await test.post([Event.retracted("r2", "ada", position: 1)]).receipt?.recorded == 1)
        #expect(
            await test.post([Event.retracted("r3", "ada", position: 3)]).faults == [
                "0 retractionTargetNotRetractable /data/position"
            ])
        let same = await test.post([Event.registered("c", "cleo"), Event.retracted("r4", "cleo", position: 4)])
        #expect(same.receipt?.recorded == 2, "the target may be earlier in the same request")
        #expect(try await test.ledger.influencer("ada", test.latest) == nil)
        #expect(try await test.ledger.influencer("bea", test.latest) != nil)
    }

    @Test("Policy versions follow one another; the default policies are a new ledger's first events")
    func policies() async throws {
        let test = try TestLedger {
            $0.defaultPolicies = PolicyKind.allCases.map { ($0, $0.standardParameters) }
        }
        #expect(test.ledger.head == Position(3))
        let tax = { (id: String, version: Int) in
            Event.line(
                id, "policy.published",
                #"{"kind":"tax","version":\#(version),"effectiveFrom":"2026-01-01T00:00:00Z","body":{"thresholds":[{"fromYear":0,"usd":"1.00"}]}}"#
            )
        }
        #expect(await test.post([tax("p3", 3)]).faults == ["0 policyVersionGap /data/version"])
        #expect(await test.post([tax("p2", 2), tax("p3", 3)]).receipt?.recorded == 2)
        let policies = try await test.ledger.policies(test.latest)
        #expect(policies.policyVersion.tax == 3)
        #expect(policies.policyVersion.trust == 1)
        try test.restart()
        #expect(test.ledger.head == Position(5), "defaults are recorded once")
    }

    @Test("An event dated ahead is named, and refused beyond 24 hours, but not its retry")
    func aheadOfTheClock() async throws {
        let test = try TestLedger()
        let line = Event.line(
            "a", "influencer.registered", time: "2026-07-01T11:00:00Z",
            #"{"influencerId":"ada","platform":"x","niches":["a"]}"#)
        #expect(await test.post([line]).receipt?.ahead == [0])
        #expect(try await test.ledger.influencer("ada", test.latest) == nil)
        test.clock.set("2026-06-01T00:00:00Z")
        #expect(await test.post([line]).receipt?.repeats.count == 1, "the clock went back")
        let far = await test.post([line.replacing("\"a\",\"source\"", with: "\"b\",\"source\"")])
        #expect(far.faults == ["0 timeTooFarAhead /time"])
        test.clock.set("2026-07-02T00:00:00Z")
        #expect(try await test.ledger.influencer("ada", test.latest) != nil)
    }

    @Test("validateOnly decides and records nothing")
    func validateOnly() async throws {
        let test = try TestLedger()
        let checked = await test.post([Event.registered("a", "ada"), Event.registered("a", "ada")], validateOnly: true)
        #expect(checked.receipt?.recorded == 0)
        #expect(test.ledger.head == .beforeFirst)
        #expect(await test.post([Event.registered("a", "bea")]).receipt?.recorded == 1)
    }
}
