import LedgerAPI

/// What two looks say together: rates and latencies of the time between them, and how things are at the later one.
struct TopFigures: Sendable, Equatable {
    struct Latency: Sendable, Equatable {
        var name: String
        var perSecond: Double
        /// In seconds; nil if there were none.
        var median: Double?
        var high: Double?
    }

    var later: TopLook
    /// Nil where the daemon does not count it, or there was no earlier look.
    var eventsPerSecond: Double?
    var requestsPerSecond: Double?
    var refusalsPerSecond: Double?
    /// Of a core: 1 is one core all the time.
    var cores: Double?
    var commit: Latency?
    /// Of the routes that were asked, the busiest first.
    var routes: [Latency] = []

    /// - Parameter earlier: of another process if the daemon was started meanwhile; then only what is now is known.
    init(from earlier: TopLook?, to later: TopLook) {
        self.later = later
        guard let earlier, later.milliseconds > earlier.milliseconds, Self.isSameProcess(earlier, later) else { return }
        let seconds = Double(later.milliseconds - earlier.milliseconds) / 1_000
        func rate(_ name: String) -> Double? {
            guard let now = later.metrics.sum(name) else { return nil }
            return max(0, now - (earlier.metrics.sum(name) ?? 0)) / seconds
        }
        func latency(_ title: String, _ name: String, _ labels: [String: String] = [:]) -> Latency {
            let span = HistogramSpan(name, labels, from: earlier.metrics, to: later.metrics)
            return Latency(
                name: title, perSecond: span.count / seconds, median: span.quantile(0.5), high: span.quantile(0.99))
        }
        let heads = later.status.head - min(later.status.head, earlier.status.head)
        eventsPerSecond = rate(MetricName.appendedEvents) ?? Double(heads) / seconds
        requestsPerSecond = rate(MetricName.requestSeconds + "_count")
        refusalsPerSecond = rate(MetricName.refusals)
        cores = rate(MetricName.cpuSeconds)
        if later.metrics.sum(MetricName.commitSeconds + "_count") != nil {
            commit = latency("commit", MetricName.commitSeconds)
        }
        routes = later.metrics.values(of: MetricName.route, in: MetricName.requestSeconds + "_count")
            .map { latency($0, MetricName.requestSeconds, [MetricName.route: $0]) }
            .filter { $0.perSecond > 0 }
            .sorted { ($1.perSecond, $0.name) < ($0.perSecond, $1.name) }
    }

    private static func isSameProcess(_ earlier: TopLook, _ later: TopLook) -> Bool {
        earlier.metrics.sum(MetricName.startTime) == later.metrics.sum(MetricName.startTime)
            && earlier.status.ledgerId == later.status.ledgerId
            && earlier.status.uptimeSeconds <= later.status.uptimeSeconds
    }
}
