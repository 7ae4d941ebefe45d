/// How long requests took, each one kept: percentiles are exact.
///
/// The clients send the next request when the last one is answered (a closed loop), so a stall shows in one request of
/// each connection; the figures say nothing of requests at a fixed rate.
struct Latencies: Sendable {
    private var nanoseconds: [UInt64] = []

    mutating func reserve(_ count: Int) {
        nanoseconds.reserveCapacity(count)
    }

    mutating func record(nanoseconds value: UInt64) {
        nanoseconds.append(value)
    }

    mutating func add(_ other: Latencies) {
        nanoseconds.append(contentsOf: other.nanoseconds)
    }

    /// The least duration that this share of the requests did not exceed, in microseconds, for each share (0 to 1).
    func microseconds(at shares: [Double]) -> [Double] {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return shares.map { _ in 0 } }
        return shares.map { share in
            let rank = Int((share * Double(sorted.count)).rounded(.up))
            return Double(sorted[min(max(rank, 1), sorted.count) - 1]) / 1_000
        }
    }
}
