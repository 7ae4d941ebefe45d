import Foundation
import ProgrammeSimulator
import Testing

@Suite struct SimulationTests {
    @Test func `the same settings give the same bytes, another seed gives others`() throws {
        let first = try Programme(seed: 7, influencers: 200, events: 5_000).bytes
        #expect(try Programme(seed: 7, influencers: 200, events: 5_000).bytes == first)
        #expect(try Programme(seed: 8, influencers: 200, events: 5_000).bytes != first)
    }

    @Test(arguments: [0, 1, 7, 1_000, 5_003])
    func `exactly as many events come as were asked for`(events: Int) throws {
        let lines = try Programme(seed: 3, influencers: 500, events: events).lines
        #expect(lines.count == events)
    }

    @Test(arguments: IdentifierForm.allCases)
    func `every line is one JSON object of a known type, and no identity comes twice`(ids: IdentifierForm) throws {
        let events = try Programme(seed: 11, influencers: 100, events: 6_000, ids: ids).objects
        var identities: Set<String> = []
        for event in events {
            #expect(event["specversion"] as? String == "1.0")
            let source = try #require(event["source"] as? String)
            let id = try #require(event["id"] as? String)
            #expect((1...128).contains(id.count))
            #expect(identities.insert(source + " " + id).inserted)
            #expect(Catalogue.types.contains(try #require(event["type"] as? String)))
        }
    }

    @Test func `every type of the catalogue occurs when retractions and a policy are asked for`() throws {
        let programme = try Programme(
            seed: 5, influencers: 400, events: 20_000, firstPosition: 1, taxPolicyVersion: 2)
        #expect(try Set(programme.countsByType.keys) == Catalogue.types)
    }

    @Test func `without being asked for there is neither a retraction nor a policy`() throws {
        let types = Set(try Programme(seed: 5, influencers: 400, events: 20_000).countsByType.keys)
        #expect(types == Catalogue.types.subtracting(["event.retracted", "policy.published"]))
    }

    @Test func `posts, engagement and conversations are most of a programme`() throws {
        let counts = try Programme(seed: 2, influencers: 250, events: 25_000).countsByType
        let count = { (type: String) in counts[type] ?? 0 }
        #expect((2_000...3_500).contains(count("post.published")))
        #expect((7_500...11_250).contains(count("engagement.recorded")))
        #expect((4_000...8_750).contains(count("conversation.recorded")))
        #expect(count("influencer.registered") == 250)
        #expect(count("payout.failed") < count("payout.settled"))
        #expect(count("product.lost") < count("product.delivered"))
    }

    @Test(arguments: IdentifierForm.allCases)
    func `a line has about 300 bytes`(ids: IdentifierForm) throws {
        let programme = try Programme(seed: 2, influencers: 1_000, events: 50_000, ids: ids)
        let mean = programme.bytes.count / 50_000
        #expect((270...330).contains(mean), "the mean is \(mean) bytes")
        #expect(programme.lines.allSatisfy { $0.count < 1_024 })
    }

    @Test func `times lie in the span and grow, but for the few events that come late`() throws {
        let events = try Programme(seed: 9, influencers: 150, events: 12_000).objects
        let times = try events.map { try #require($0["time"] as? String) }
        #expect(times.allSatisfy { $0 >= "2026-01-01T00:00:00.000000Z" && $0 < "2026-07-01T00:00:00.000000Z" })
        var newest = ""
        var late = 0
        for time in times {
            late += time < newest ? 1 : 0
            newest = max(newest, time)
        }
        #expect(late > 0)
        #expect(late < times.count / 100)
    }

    @Test func `most influencers have 500 to 20,000 followers`() throws {
        let events = try Programme(seed: 4, influencers: 1_000, events: 12_000).objects
        let followers = events.filter { $0["type"] as? String == "audience.measured" }
            .compactMap { ($0["data"] as? [String: Any])?["followers"] as? Int }
        let inBand = followers.count { (500...20_000).contains($0) }
        #expect(inBand * 10 > followers.count * 7)
        #expect(followers.contains { $0 < 500 })
        #expect(followers.contains { $0 >= 100_000 })
    }

    @Test func `settings that make no programme are refused with a sentence`() {
        let day = SimulatedInstant(year: 2026, month: 1, day: 1)
        let later = SimulatedInstant(year: 2026, month: 2, day: 1)
        for settings in [
            SimulationSettings(seed: 1, influencers: 0, events: 10, from: day, to: later),
            SimulationSettings(seed: 1, influencers: 10, events: -1, from: day, to: later),
            SimulationSettings(seed: 1, influencers: 10, events: 10, from: later, to: day),
            SimulationSettings(
                seed: 1, influencers: 10, events: 10, from: SimulatedInstant(microseconds: -1), to: later),
        ] {
            let fault = #expect(throws: SimulationFault.self) { try Simulation(settings) }
            #expect(fault?.description.isEmpty == false)
        }
    }

    @Test(arguments: [
        (1970, 1, 1, Int64(0)), (2000, 2, 29, 11_016), (2024, 12, 31, 20_088), (2026, 1, 1, 20_454),
    ])
    func `a calendar day is the day number that the calendar says`(year: Int, month: Int, day: Int, number: Int64) {
        let instant = SimulatedInstant(year: year, month: month, day: day)
        #expect(instant.microseconds == number * SimulatedInstant.microsecondsPerDay)
    }
}
