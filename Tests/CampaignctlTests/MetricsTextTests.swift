import Testing

@testable import campaignctl

@Suite struct MetricsTextTests {
    @Test func `samples are read with their labels, and comments are skipped`() throws {
        let metrics = try MetricsText(
            """
            # HELP up Whether it is up.
            # TYPE up gauge
            up 1
            refused_total{code="readOnly",route="/v1/events"} 3
            refused_total{code="a\\"b\\\\c\\nd",} 4 1764000000000
            large 1.5e+06
            wide{le="+Inf"} +Inf

            """)
        #expect(metrics.sum("up") == 1)
        #expect(metrics.sum("refused_total") == 7)
        #expect(metrics.sum("refused_total", ["code": "readOnly"]) == 3)
        #expect(metrics.values(of: "code", in: "refused_total") == ["a\"b\\c\nd", "readOnly"])
        #expect(metrics.sum("large") == 1_500_000)
        #expect(metrics.sum("wide") == .infinity)
        #expect(metrics.sum("none") == nil)
    }

    @Test(arguments: [
        "up", "up ", "up x", "up 1 x", "up 1 2 3", "1up 1", "up{} ", "up{a} 1", "up{a=1} 1", "up{a=\"1} 1",
        "up{a=\"1\",a=\"2\"} 1", "up{a=\"\\x\"} 1", "up{a=\"1\"}1", "<html>", "up\t1",
    ])
    func `what is no line of metrics is refused with its number`(line: String) {
        #expect { try MetricsText("good 1\n\(line)\n") } throws: { error in
            (error as? MetricsFault)?.line == 2
        }
    }

    private static func histogram(_ counts: [(String, Int)], _ labels: String = "") throws -> MetricsText {
        try MetricsText(counts.map { "h_bucket{\(labels)le=\"\($0.0)\"} \($0.1)\n" }.joined())
    }

    @Test func `a quantile is that of the time between two looks`() throws {
        let before = try Self.histogram([("0.001", 1_000), ("0.01", 1_000), ("+Inf", 1_000)])
        let after = try Self.histogram([("0.001", 1_000), ("0.01", 1_100), ("+Inf", 1_100)])
        let span = HistogramSpan("h", from: before, to: after)
        #expect(span.count == 100)
        #expect(span.quantile(0.5).map { abs($0 - 0.0055) < 1e-9 } == true)
        #expect(HistogramSpan("h", from: nil, to: after).quantile(0.5).map { $0 < 0.001 } == true)
    }

    @Test func `what lies beyond the last bound is said to be at it, and of nothing there is no quantile`() throws {
        let beyond = try Self.histogram([("0.001", 0), ("0.01", 1), ("+Inf", 10)])
        #expect(HistogramSpan("h", from: nil, to: beyond).quantile(0.99) == 0.01)
        let none = try Self.histogram([("0.001", 0), ("+Inf", 0)])
        #expect(HistogramSpan("h", from: nil, to: none).quantile(0.5) == nil)
        #expect(HistogramSpan("other", from: nil, to: beyond).quantile(0.5) == nil)
    }

    @Test func `counters that went back were another process's`() throws {
        let before = try Self.histogram([("1", 50), ("+Inf", 50)])
        let after = try Self.histogram([("1", 2), ("+Inf", 2)])
        #expect(HistogramSpan("h", from: before, to: after).count == 2)
    }

    @Test func `histograms of several labels are added up`() throws {
        let one = try Self.histogram([("1", 2), ("+Inf", 2)], "route=\"a\",")
        let text = "h_bucket{route=\"a\",le=\"1\"} 2\nh_bucket{route=\"b\",le=\"1\"} 3\n"
        let both = try MetricsText(text + "h_bucket{route=\"a\",le=\"+Inf\"} 2\nh_bucket{route=\"b\",le=\"+Inf\"} 3\n")
        #expect(HistogramSpan("h", from: nil, to: both).count == 5)
        #expect(HistogramSpan("h", ["route": "a"], from: nil, to: both) == HistogramSpan("h", from: nil, to: one))
    }
}
