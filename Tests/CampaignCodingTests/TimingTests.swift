import CSimdjson
import CampaignCoding
import CampaignDomain
import EventLog
import Foundation
import Testing

/// Prints what an event costs; asserts nothing about time. Run with `CAMPAIGN_LEDGER_TIMINGS=1 swift test -c release`.
@Suite(
    .serialized,
    .enabled(
        if: SharedHistories.isPresent && ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_TIMINGS"] != nil,
        "timings are printed on request only"))
struct TimingTests {
    func report(_ name: String, events: Int, bytes: Int, rounds: Int, _ body: () -> Void) {
        var best = Duration.seconds(1000)
        for _ in 0..<rounds { best = min(best, ContinuousClock().measure(body)) }
        let nanoseconds = Double(best.components.attoseconds) / 1e9 + Double(best.components.seconds) * 1e9
        print(
            String(
                format: "%@: %.3f µs an event, %.0f MB/s", name, nanoseconds / 1000 / Double(events),
                Double(bytes) * 1000 / nanoseconds))
    }

    @Test func anEventOnItsWayInAndOut() throws {
        let corpus = try SharedHistories.corpus()
        let requests = SharedHistories.requests(corpus, of: 1000)
        let padded = requests.map { $0 + [UInt8](repeating: 0, count: CodingLimits.paddingSizeBytes) }
        let admission = EventAdmission(tables: Sample.tables)
        func admitted(_ format: RequestFormat, _ bodies: [[UInt8]]) -> [AdmittedBatch] {
            bodies.map { body in
                body.withUnsafeBytes {
                    admission.admit(
                        body: UnsafeRawBufferPointer(rebasing: $0.dropLast(CodingLimits.paddingSizeBytes)),
                        format: format,
                        now: Sample.now, poster: Sample.poster)
                }
            }
        }
        let batches = admitted(.ndjson, padded)
        let count = batches.reduce(0) { $0 + $1.events.count }
        timeTape(corpus, count: count)
        report("admit NDJSON", events: count, bytes: corpus.count, rounds: 40) { _ = admitted(.ndjson, padded) }
        let arrays = requests.map { request -> [UInt8] in
            let lines = request.split(separator: 0x0A).joined(separator: [0x2C])
            return [0x5B] + lines + [0x5D] + [UInt8](repeating: 0, count: CodingLimits.paddingSizeBytes)
        }
        report("admit batch", events: count, bytes: corpus.count, rounds: 5) { _ = admitted(.batch, arrays) }
        let decoder = FactDecoder(tables: Sample.tables)
        var facts = FactWriter()
        report("fact", events: count, bytes: corpus.count, rounds: 5) {
            facts.removeAll()
            for batch in batches {
                for event in batch.events {
                    _ = try? decoder.appendFact(of: batch.record(of: event), position: Position(1), to: &facts)
                }
            }
        }
        print("facts: \(facts.bytes.count / count) bytes an event")
        let writer = CloudEventWriter(tables: Sample.tables)
        report("CloudEvent line", events: count, bytes: corpus.count, rounds: 3) {
            var lines: [UInt8] = []
            for batch in batches {
                lines.removeAll(keepingCapacity: true)
                for event in batch.events {
                    try? writer.append(batch.record(of: event), position: Position(1), to: &lines)
                }
            }
        }
        #expect(count == 123_985)
    }

    private func timeTape(_ corpus: [UInt8], count: Int) {
        let names: [UnsafePointer<CChar>?] = []
        let vocabulary = campaign_json_vocabulary_create(names, 0)
        let parser = campaign_json_create(vocabulary, 0)
        defer {
            campaign_json_destroy(parser)
            campaign_json_vocabulary_destroy(vocabulary)
        }
        let padded = corpus + [UInt8](repeating: 0, count: CodingLimits.paddingSizeBytes)
        let ends = corpus.indices.filter { corpus[$0] == 0x0A }
        padded.withUnsafeBufferPointer { bytes in
            report("tape", events: count, bytes: corpus.count, rounds: 5) {
                var start = 0
                for end in ends {
                    _ = campaign_json_parse(parser, bytes.baseAddress! + start, end - start, 1, 0, true)
                    start = end + 1
                }
            }
        }
    }
}
