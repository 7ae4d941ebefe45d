import Foundation
import LedgerAPI
import LedgerOperations
import Testing

@testable import campaignctl

/// The screens of `top` and `doctor` from fixed input.
@Suite struct WatchScreenTests {
    private static let widths = [80, 140]

    /// A look of the daemon at so many milliseconds, with everything counted up to then.
    static func look(_ milliseconds: Int64, events: Int, commits: Int, trusts: Int) throws -> TopLook {
        var status = FixedAnswers.status
        status.troubles = ["The disk \(FixedAnswers.hostile) is slow."]
        status.warnings = ["The log's map is 80 % full."]
        status.disk = DiskStatus(freeBytes: 50 << 30, bytes: 100 << 30, secondsUntilFull: 90_061)
        status.readModels.append(
            ReadModelStatus(
                name: "lists", position: 0, checkpointPosition: 0, lagEvents: 1_234_570, lagSeconds: 99, idle: true))
        let name = MetricName.self
        let metrics = try MetricsText(
            """
            \(name.startTime) 1764000000
            \(name.appendedEvents) \(events)
            \(name.refusals){code="readOnly"} \(commits / 100)
            \(histogram(name.commitSeconds, "", [("0.001", commits / 2), ("0.01", commits), ("+Inf", commits)]))
            \(histogram(name.requestSeconds, "route=\"/v1/influencers/{id}/trust\",", [
                ("0.0005", trusts * 9 / 10), ("0.005", trusts), ("+Inf", trusts),
            ]))
            \(histogram(name.requestSeconds, "route=\"/v1/events\",", [
                ("0.5", commits / 2), ("5", commits), ("+Inf", commits),
            ]))
            \(name.residentBytes) 123456789
            \(name.openDescriptors) 1042
            \(name.cpuSeconds) \(milliseconds / 800)
            """)
        return TopLook(milliseconds: milliseconds, status: status, metrics: metrics, replays: replays)
    }

    private static func histogram(_ name: String, _ labels: String, _ counts: [(String, Int)]) -> String {
        counts.map { "\(name)_bucket{\(labels)le=\"\($0.0)\"} \($0.1)\n" }.joined()
            + "\(name)_count{\(labels)} \(counts.last?.1 ?? 0)".replacing(",}", with: "}").replacing("{}", with: "")
    }

    private static let replays: [ReplayBody] = {
        func replay(_ id: String, _ kind: String, _ state: String) -> ReplayBody {
            ReplayBody(
                id: id, kind: kind, state: state, createdAt: "2026-06-30T12:00:00Z", cores: 1, sharePercent: 50)
        }
        var running = replay("11", "rebuild", "running")
        (running.phase, running.done, running.total) = ("fold", 400_000, 1_234_570)
        (running.eventsPerSecond, running.secondsLeft) = (81_234, 11)
        var ended = replay("10", "verify", "succeeded")
        ended.findings = 3
        return [replay("12", "verify", "waiting"), running, ended]
    }()

    static func figures() throws -> TopFigures {
        TopFigures(
            from: try look(10_000, events: 1_000, commits: 400, trusts: 1_000),
            to: try look(12_000, events: 41_000, commits: 800, trusts: 13_000))
    }

    @Test(arguments: widths)
    func `the screen of top is as it was looked at`(columns: Int) throws {
        let text = TopText.screen(try Self.figures(), Style(color: false, unicode: true, columns: columns))
        Golden.expect(text, "top-\(columns)")
        #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= columns })
    }

    @Test func `rates and latencies are those between the two looks`() throws {
        let figures = try Self.figures()
        #expect(figures.eventsPerSecond == 20_000)
        #expect(figures.requestsPerSecond == 6_200)
        #expect(figures.refusalsPerSecond == 2)
        #expect(figures.commit?.perSecond == 200)
        #expect(figures.commit?.median.map { abs($0 - 0.001) < 1e-9 } == true)
        #expect(figures.routes.map(\.name) == ["/v1/influencers/{id}/trust", "/v1/events"])
        #expect(
            TopText.line(figures, at: "T").hasPrefix(
                "T  head 1234570  20,000 events/s  6,200 requests/s  2.0 refusals/s"))
    }

    @Test func `of a daemon that was started meanwhile there are no rates`() throws {
        var earlier = try Self.look(10_000, events: 1_000, commits: 400, trusts: 1_000)
        earlier.status.uptimeSeconds += 1
        let figures = TopFigures(from: earlier, to: try Self.look(12_000, events: 5, commits: 400, trusts: 1_000))
        #expect(figures.eventsPerSecond == nil && figures.commit == nil && figures.routes.isEmpty)
    }

    @Test func `a daemon without metrics is watched by its status`() throws {
        var earlier = try Self.look(10_000, events: 0, commits: 0, trusts: 0)
        var later = try Self.look(12_000, events: 0, commits: 0, trusts: 0)
        (earlier.metrics, later.metrics) = (MetricsText(), MetricsText())
        later.status.head += 500
        let figures = TopFigures(from: earlier, to: later)
        #expect(figures.eventsPerSecond == 250)
        #expect(figures.requestsPerSecond == nil)
        #expect(TopText.screen(figures, .plain).contains("? requests/s"))
    }

    @Test func `a frame is drawn over the one before and never longer than the terminal`() {
        #expect(TopTerminal.frame("a\nb\n", rows: nil) == "\u{1B}[Ha\u{1B}[K\r\nb\u{1B}[K\u{1B}[J")
        #expect(TopTerminal.frame("a\nb\nc\n", rows: 2) == "\u{1B}[Ha\u{1B}[K\r\nb\u{1B}[K\u{1B}[J")
    }

    private static let findings = [
        DoctorFinding("data directory", .ok, "/srv/data is of user 990, mode 0750"),
        DoctorFinding(
            "socket", .wrong, "/run/l/s has mode 0666: every user may post and read",
            advice: "Take the rights away: chmod 0660 /run/l/s"),
        DoctorFinding(
            "disk", .warning, "1.0 GiB of 100.0 GiB free \(FixedAnswers.hostile)",
            advice: "Make room or give it a larger disk. See what is large: du -sh the data directory."),
        DoctorFinding(
            "disk", .warning, "the file system has room for 9 more files only", advice: "Make room."),
        DoctorFinding("heartbeats", .unseen, "no daemon answers"),
    ]

    @Test(arguments: widths)
    func `the screen of doctor is as it was looked at`(columns: Int) {
        let text = DoctorText.render(Self.findings, Style(color: false, unicode: true, columns: columns))
        Golden.expect(text, "doctor-\(columns)")
        #expect(text.split(separator: "\n").allSatisfy { TerminalText.width(of: String($0)) <= columns })
    }

    @Test func `what others wrote cannot steer the terminal on these screens`() throws {
        let texts = [
            TopText.screen(try Self.figures(), Style(color: false, unicode: true, columns: 80)),
            TopText.line(try Self.figures(), at: "T"), DoctorText.render(Self.findings, .plain),
        ]
        for text in texts {
            let scalars = text.unicodeScalars
            #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }, "\(text)")
            #expect(!scalars.contains("\u{202E}"))
        }
    }

    @Test func `the JSON of doctor has each check, and the worst that was seen`() throws {
        let json = String(decoding: try WireCoding.encode(DoctorBody(Self.findings)), as: UTF8.self)
        #expect(json.hasSuffix(#""verdict":"wrong"}"#))
        #expect(json.contains(#"{"check":"heartbeats","text":"no daemon answers","verdict":"unseen"}"#))
        #expect(DoctorBody([DoctorFinding("lag", .unseen, "x")]).verdict == "ok")
    }
}
