/// What a histogram of `/metrics` counted between two looks.
struct HistogramSpan: Sendable, Equatable {
    /// Upper bounds, ascending, the last infinite, and how many were at most that.
    private let buckets: [(bound: Double, count: Double)]

    /// - Parameters:
    ///   - earlier: an earlier look; one that counted more was another process's, and then all counts.
    ///   - labels: which of the metric's histograms; what differs otherwise is added up.
    init(_ name: String, _ labels: [String: String] = [:], from earlier: MetricsText?, to later: MetricsText) {
        let now = Self.counts(later, name, labels)
        let before = earlier.map { Self.counts($0, name, labels) } ?? [:]
        let isSameProcess = now.allSatisfy { $0.value >= before[$0.key] ?? 0 }
        buckets = now.map { ($0.key, $0.value - (isSameProcess ? before[$0.key] ?? 0 : 0)) }.sorted { $0.0 < $1.0 }
    }

    static func == (left: HistogramSpan, right: HistogramSpan) -> Bool {
        left.buckets.map(\.bound) == right.buckets.map(\.bound)
            && left.buckets.map(\.count) == right.buckets.map(\.count)
    }

    private static func counts(
        _ metrics: MetricsText, _ name: String, _ labels: [String: String]
    ) -> [Double: Double] {
        var counts: [Double: Double] = [:]
        for sample in metrics.all(name + "_bucket", labels) {
            guard let text = sample.labels["le"], let bound = text == "+Inf" ? .infinity : Double(text) else {
                continue
            }
            counts[bound, default: 0] += sample.value
        }
        return counts
    }

    /// How many there were.
    var count: Double { buckets.last?.count ?? 0 }

    /// The value that so large a share of them did not exceed, as Prometheus' `histogram_quantile` estimates it: evenly
    /// within a bucket, and the greatest finite bound for what lies beyond. Nil if there were none.
    func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = share * count
        var bound = 0.0
        var below = 0.0
        for bucket in buckets {
            guard bucket.count < rank else {
                guard bucket.bound.isFinite, bucket.count > below else {
                    return bucket.bound.isFinite ? bucket.bound : bound
                }
                return bound + (bucket.bound - bound) * (rank - below) / (bucket.count - below)
            }
            bound = bucket.bound
            below = bucket.count
        }
        return bound
    }
}
