import Testing

@testable import LedgerEngine

struct LedgerMetricsTests {
    @Test func aHistogramCountsEachTimeInTheFirstBucketThatHoldsIt() {
        let histogram = TimeHistogram()
        for nanoseconds in [0, 100_000, 100_001, 10_000_000_000, 10_000_000_001] as [UInt64] {
            histogram.note(nanoseconds: nanoseconds)
        }
        let reading = histogram.reading
        #expect(reading.cumulative.count == TimeHistogram.bounds.count + 1)
        #expect(reading.cumulative[0] == 2)
        #expect(reading.cumulative[1] == 3)
        #expect(reading.cumulative[TimeHistogram.bounds.count - 1] == 4)
        #expect(reading.count == 5)
        #expect(reading.totalNanoseconds == 20_000_200_002)
    }

    @Test func postsEventsRepeatsAndCommitsAreCounted() async throws {
        let test = try TestLedger()
        let before = test.ledger.metrics.events.value
        _ = try await test.post([Event.registered("e1", "i1"), Event.registered("e2", "i2")]).get()
        _ = try await test.post([Event.registered("e1", "i1"), Event.registered("e3", "i3")]).get()
        _ = try await test.post([Event.registered("e4", "i4")], validateOnly: true).get()
        let metrics = test.ledger.metrics
        #expect(metrics.events.value - before == 3)
        #expect(metrics.repeats.value == 1)
        #expect(metrics.appends.value >= 2)
        #expect(metrics.batches.value >= 2)
        #expect(metrics.commits.reading.count == metrics.batches.value)
        #expect(metrics.syncs.reading.count == metrics.batches.value)
        #expect(metrics.syncs.reading.totalNanoseconds > 0)
        #expect(metrics.syncs.reading.totalNanoseconds <= metrics.commits.reading.totalNanoseconds)
        test.ledger.checkpointNow()
        #expect(metrics.viewCheckpoints.reading.count >= 1)
        #expect(metrics.viewCheckpointBytes.value > 0)
    }
}
