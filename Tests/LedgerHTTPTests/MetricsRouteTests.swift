import Foundation
import LedgerAPI
import LedgerEngine
import Testing

@testable import LedgerHTTP

struct MetricsRouteTests {
    /// The value of a sample by its name and labels.
    private static func value(_ sample: String, in text: String) -> Double? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(sample + " ") }
        return line.flatMap { Double($0.dropFirst(sample.count + 1)) }
    }

    private static func metrics(_ daemon: TestDaemon) async throws -> String {
        let answer = try await daemon.get("/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        return answer.text
    }

    @Test func itSaysWhatWasPostedRefusedAndAsked() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.registered("mia", id: "m-1")).status == 201)
            #expect(try await daemon.post("{}").status == 422)
            #expect(try await daemon.get("/v1/influencers/nobody/trust").status == 404)
            #expect(try await daemon.get("/nowhere").status == 404)
            let text = try await Self.metrics(daemon)
            let head = try #require(Double(daemon.head))
            #expect(Self.value("campaign_ledger_head_position", in: text) == head)
            #expect(Self.value("campaign_ledger_appended_events_total", in: text) == head)
            #expect(Self.value("campaign_ledger_ready", in: text) == 1)
            #expect(Self.value(#"campaign_ledger_refusals_total{code="unknownRoute"}"#, in: text) == 1)
            #expect(Self.value(#"campaign_ledger_refusals_total{code="influencerNotFound"}"#, in: text) == 1)
            #expect(Self.value(#"campaign_ledger_refusals_total{code="busy"}"#, in: text) == 0)
            let posts = #"campaign_ledger_http_request_duration_seconds_count{method="POST",route="/v1/events"}"#
            #expect(Self.value(posts, in: text) == 2)
            let trust =
                #"campaign_ledger_http_request_duration_seconds_count{method="GET",route="/v1/influencers/{id}/trust"}"#
            #expect(Self.value(trust, in: text) == 1)
            let other = #"campaign_ledger_http_request_duration_seconds_count{method="other",route="other"}"#
            #expect(Self.value(other, in: text) == 1)
            #expect(Self.value("campaign_ledger_http_connections", in: text).map { $0 >= 1 } == true)
            for name in ["process_open_fds", "process_resident_memory_bytes", "process_start_time_seconds"] {
                #expect(Self.value(name, in: text).map { $0 > 0 } == true, "\(name)")
            }
            #expect(Self.value("campaign_ledger_last_backup_position", in: text) == nil, "there was no backup")
        }
    }

    @Test func theNumberOfSeriesDoesNotGrowWithWhatIsAsked() async throws {
        try await withDaemon { daemon in
            func series() async throws -> Int {
                try await Self.metrics(daemon).split(separator: "\n").count { !$0.hasPrefix("#") }
            }
            _ = try await daemon.get("/v1/influencers/one/trust")
            let before = try await series()
            for number in 0..<20 {
                _ = try await daemon.get("/v1/influencers/i-\(number)/trust?x=\(number)")
                _ = try await daemon.get("/nowhere/\(number)")
            }
            #expect(try await series() == before)
        }
    }

    @Test func promtoolFindsNoFault() async throws {
        guard Promtool.isThere else {
            return print("promtool is not installed: install prometheus to hold /metrics by it")
        }
        try await withDaemon { daemon in
            _ = try await daemon.post(Samples.registered("mia", id: "m-1"))
            let text = try await Self.metrics(daemon)
            #expect(try Promtool.run(["check", "metrics"], input: text) == "")
        }
    }

    @Test func promtoolFindsNoFaultInTheAlertsAndTheyFireWhenTheyShould() throws {
        guard Promtool.isThere else {
            return print("promtool is not installed: install prometheus to hold the alerts by it")
        }
        let rules = Promtool.config + "/campaign-ledger.rules.yaml"
        #expect(try Promtool.run(["check", "rules", rules]).contains("SUCCESS"))
        let tests = try Promtool.run(["test", "rules", Promtool.config + "/campaign-ledger.rules.test.yaml"])
        #expect(tests.contains("SUCCESS"), "\(tests)")
        let names = try String(contentsOfFile: rules, encoding: .utf8).matches(of: /alert: (\w+)/).map { String($0.1) }
        let tested = try String(
            contentsOfFile: Promtool.config + "/campaign-ledger.rules.test.yaml", encoding: .utf8)
        #expect(names.count > 10)
        for name in names { #expect(tested.contains("name: \(name) fires\n"), "\(name) is not tested") }
    }

    @Test func everyMetricOfTheAlertsAndTheDashboardExists() async throws {
        try await withDaemon { daemon in
            let text = try await Self.metrics(daemon)
            let families = text.matches(of: /# TYPE (\w+) (\w+)/).map { (String($0.1), String($0.2)) }
            var names = Set(families.map(\.0))
            for (name, kind) in families where kind == "histogram" {
                names.formUnion(["_bucket", "_sum", "_count"].map { name + $0 })
            }
            for file in ["campaign-ledger.rules.yaml", "grafana-dashboard.json"] {
                let used = try String(contentsOfFile: Promtool.config + "/" + file, encoding: .utf8)
                    .matches(of: /\b(?:campaign_ledger|process)_\w+/).map { String($0.0) }
                #expect(used.count > 10)
                for name in used { #expect(names.contains(name), "\(file): there is no \(name)") }
            }
        }
    }

    @Test func theDashboardIsJSONWhosePanelsDoNotOverlap() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: Promtool.config + "/grafana-dashboard.json"))
        let board = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let panels = try #require(board["panels"] as? [[String: Any]])
        var taken: Set<[Int]> = []
        for panel in panels {
            let place = try #require(panel["gridPos"] as? [String: Int])
            let (left, top) = (try #require(place["x"]), try #require(place["y"]))
            for x in left..<left + (place["w"] ?? 0) {
                for y in top..<top + (place["h"] ?? 0) {
                    #expect(x < 24)
                    #expect(taken.insert([x, y]).inserted, "\(panel["title"] ?? "") lies on another panel")
                }
            }
        }
        #expect(Set(panels.compactMap { $0["id"] as? Int }).count == panels.count)
    }

    @Test func labelsAndSecondsAreWrittenAsTheFormatSays() {
        var text = MetricsText()
        text.family("a_seconds", .gauge, "Help.")
        text.sample(nanoseconds: 1_500_000_000, [("l", "q\" b\\ n\n")])
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == "# HELP a_seconds Help.\n# TYPE a_seconds gauge\na_seconds{l=\"q\\\" b\\\\ n\\n\"} 1.5\n")
        #expect(MetricsText.seconds(250_000) == "0.00025")
        #expect(MetricsText.seconds(10_000_000_000) == "10")
        #expect(MetricsText.seconds(1) == "0.000000001")
    }
}

/// Prometheus' tool that checks metrics and alerts.
enum Promtool {
    static let path = "/usr/bin/promtool"
    static var isThere: Bool { FileManager.default.isExecutableFile(atPath: path) }

    static let config: String =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/config"

    /// What it prints, faults included; a text without faults of metrics gives none.
    static func run(_ arguments: [String], input: String = "") throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let folder = try TemporaryDirectory()
        let (from, to) = (folder.path + "/in", folder.path + "/out")
        try Data(input.utf8).write(to: URL(fileURLWithPath: from))
        try Data().write(to: URL(fileURLWithPath: to))
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: from))
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: to))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let text = try String(contentsOfFile: to, encoding: .utf8)
        return process.terminationStatus == 0 ? text : "exit \(process.terminationStatus): \(text)"
    }
}
