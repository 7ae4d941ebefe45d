import Histogram

/// How long requests took, in a histogram with three significant digits up to ten minutes.
///
/// At a fixed rate a request's time counts from the moment at which it should have been sent, so a stall shows in every
/// request that it delayed (no coordinated omission). In a closed loop, where each connection sends its next request
/// when the last one is answered, times count from the sending: there they say nothing of requests that were not sent.
struct Latencies {
    private static let nanosecondsMax: UInt64 = 600_000_000_000

    private var histogram = Histogram<UInt64>(
        highestTrackableValue: nanosecondsMax, numberOfSignificantValueDigits: .three)

    var count: Int { Int(histogram.totalCount) }

    mutating func record(nanoseconds: UInt64) {
        // What is longer than the histogram counts as its longest.
        if !histogram.record(min(nanoseconds, Self.nanosecondsMax)) {
            preconditionFailure("a histogram refuses a value within its range")
        }
    }

    /// Microseconds that this percentage of the requests did not exceed; 0 without any.
    func microseconds(atPercentile percentile: Double) -> Double {
        count == 0 ? 0 : Double(histogram.valueAtPercentile(percentile)) / 1_000
    }

    var mostMicroseconds: Double { count == 0 ? 0 : Double(histogram.max) / 1_000 }
}
