import CampaignCoding
import CampaignDomain
import EventLog
import Testing

@Suite(.enabled(if: SharedHistories.isPresent, "the folder of shared histories is absent"))
struct SharedHistoryTests {
    /// Each event is admitted, comes back as the same event, and states a readable fact.
    func check(_ request: [UInt8], from position: UInt64) throws -> UInt64 {
        let batch = admit(request, .ndjson)
        #expect(batch.reportedFaults == [])
        let decoder = FactDecoder(tables: Sample.tables)
        let writer = CloudEventWriter(tables: Sample.tables)
        let comparison = ContentComparison(tables: Sample.tables)
        var facts = FactWriter()
        var lines: [UInt8] = []
        for (index, event) in batch.events.enumerated() {
            let place = Position(position + UInt64(index))
            _ = try decoder.appendFact(of: batch.record(of: event), position: place, to: &facts)
            try writer.append(batch.record(of: event), position: place, to: &lines)
            lines.append(0x0A)
        }
        var reader = FactReader(facts.bytes)
        for (index, event) in batch.events.enumerated() {
            let fact = reader.readFact()
            #expect(fact.time == event.time && fact.position == FactPosition(position + UInt64(index)))
        }
        #expect(reader.isAtEnd)
        let again = admit(lines, .ndjson)
        #expect(again.reportedFaults == [] && again.events.count == batch.events.count)
        for (first, second) in zip(batch.events, again.events) {
            let isSame = comparison.isSame(batch.record(of: first), as: second, in: again)
            if !isSame || first.identity != second.identity || first.stream != second.stream {
                Issue.record("event \(first.index) came back as another")
            }
        }
        return position + UInt64(batch.events.count)
    }

    @Test func allGoldenEventsAreAdmittedAndComeBack() throws {
        let histories = try SharedHistories.golden()
        #expect(histories.count == 17)
        for history in histories { #expect(try check(history.text, from: 1) > 1, "\(history.name)") }
    }

    @Test func allEventsOfTheCorpusAreAdmittedAndComeBack() throws {
        var next: UInt64 = 1
        for request in SharedHistories.requests(try SharedHistories.corpus(), of: 5000) {
            next = try check(request, from: next)
        }
        #expect(next - 1 == 123_985)
    }
}
