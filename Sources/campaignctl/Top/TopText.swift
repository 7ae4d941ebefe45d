import LedgerAPI

/// The screen of `top`, and its line for what is no terminal.
enum TopText {
    /// Of more routes or replays only the first are shown.
    static let routesMax = 8
    static let replaysMax = 4
    private static let barColumns = 20

    static func screen(_ figures: TopFigures, _ style: Style) -> String {
        let status = figures.later.status
        var text = heading(status, style)
        text += rates(figures, style)
        for trouble in status.troubles { text += notice("trouble: " + trouble, .bad, style) }
        for warning in status.warnings { text += notice("warning: " + warning, .warning, style) }
        text += "\n" + latencies(figures, style)
        text += "\n" + readModels(status, style)
        text += "\n" + room(figures, style)
        return text + replays(figures.later.replays, style)
    }

    /// One line, for pipes and files.
    static func line(_ figures: TopFigures, at time: String) -> String {
        let status = figures.later.status
        let lag = status.readModels.filter { !$0.idle }.map { "\($0.name) \($0.lagEvents)" }.joined(separator: ", ")
        let parts = [
            "head \(status.head)", rate(figures.eventsPerSecond, "events/s"),
            rate(figures.requestsPerSecond, "requests/s"), rate(figures.refusalsPerSecond, "refusals/s"),
            "commit p99 \(duration(figures.commit?.high))", "queue \(status.queueDepth)", "behind: \(lag)",
            status.readOnly ? "READ-ONLY" : "recording",
        ]
        let running = figures.later.replays.filter { $0.state == "running" }.map {
            "replay \($0.id) \($0.kind) \(percent($0)) %"
        }
        return time + "  " + TerminalText.escape((parts + running + status.troubles).joined(separator: "  ")) + "\n"
    }

    private static func heading(_ status: StatusBody, _ style: Style) -> String {
        let state: Table.Cell =
            status.readOnly
            ? .init("read-only: \(status.readOnlyReason ?? "no reason given")", .bad) : .init("recording", .good)
        return style.flow(
            [
                .init("ledger \(status.ledgerId)", .bold), .init("head \(status.head)", .bold), state,
                .init("up \(Figures.duration(seconds: Int64(status.uptimeSeconds)))"),
                .init("version \(status.version)"),
            ], separator: style.dot)
    }

    private static func notice(_ text: String, _ paint: Paint, _ style: Style) -> String {
        let safe = TerminalText.escape(text)
        let lines = style.columns.map { TerminalText.wrap(safe, width: $0) } ?? [safe]
        return lines.map { style.paint($0, paint) + "\n" }.joined()
    }

    private static func rates(_ figures: TopFigures, _ style: Style) -> String {
        let refusals: Paint = (figures.refusalsPerSecond ?? 0) > 0 ? .warning : .plain
        return style.flow(
            [
                .init(rate(figures.eventsPerSecond, "events/s")), .init(rate(figures.requestsPerSecond, "requests/s")),
                .init(rate(figures.refusalsPerSecond, "refusals/s"), refusals),
                .init("queue \(Figures.grouped(figures.later.status.queueDepth))"),
            ], separator: style.dot)
    }

    private static func latencies(_ figures: TopFigures, _ style: Style) -> String {
        var table = Table(.left("latency"), .right("per second"), .right("p50"), .right("p99"))
        let shown = [figures.commit].compactMap { $0 } + figures.routes.prefix(routesMax)
        for latency in shown {
            table.add(
                .init(latency.name), .init(number(latency.perSecond)), .init(duration(latency.median)),
                .init(duration(latency.high)))
        }
        if shown.isEmpty { table.add("nothing was asked meanwhile", "", "", "") }
        let more = figures.routes.count - min(figures.routes.count, routesMax)
        return table.text(style) + (more > 0 ? "and \(Figures.count(more, "more route"))\n" : "")
    }

    private static func readModels(_ status: StatusBody, _ style: Style) -> String {
        var table = Table(
            .left("read model"), .right("position"), .right("behind by"), .right("for"), .right("durable to"))
        for model in status.readModels {
            let paint: Paint = model.lagSeconds > 10 ? .warning : .plain
            table.add(
                .init(model.name), .init("\(model.position)"),
                model.idle ? "idle" : .init(Figures.grouped(model.lagEvents), paint),
                model.idle ? "" : .init("\(Figures.grouped(model.lagSeconds)) s", paint),
                .init("\(model.checkpointPosition)"))
        }
        return table.text(style)
    }

    private static func room(_ figures: TopFigures, _ style: Style) -> String {
        let metrics = figures.later.metrics
        var table = Table(.left("room"), .right("used"), .right("of"), .left(""))
        for size in figures.later.status.sizes {
            let share = size.mapBytes == 0 ? 0 : Int64(size.usedBytes / max(1, size.mapBytes / 10_000))
            table.add(
                .init("\(size.name) map"), .init(Figures.bytes(size.usedBytes)), .init(Figures.bytes(size.mapBytes)),
                .init(style.bar(share, of: 10_000, width: barColumns), share > 8_000 ? .warning : .plain))
        }
        var facts: [Table.Cell] = []
        if let disk = figures.later.status.disk {
            facts.append(.init("disk free \(Figures.bytes(disk.freeBytes))"))
            if let seconds = disk.secondsUntilFull {
                facts.append(.init("full in \(Figures.duration(seconds: Int64(clamping: seconds)))", .warning))
            }
        }
        if let memory = metrics.sum(MetricName.residentBytes) {
            facts.append(.init("memory \(Figures.bytes(UInt64(max(0, memory))))"))
        }
        if let cores = figures.cores { facts.append(.init("cores \(fixed(cores, places: 2))")) }
        if let files = metrics.sum(MetricName.openDescriptors) {
            facts.append(.init("open files \(Figures.grouped(Int64(files)))"))
        }
        facts.append(.init("oldest reader \(figures.later.status.oldestReaderSeconds) s"))
        return table.text(style) + style.flow(facts, separator: style.dot)
    }

    private static func replays(_ replays: [ReplayBody], _ style: Style) -> String {
        let shown = replays.filter { $0.state == "running" || $0.state == "waiting" }
        let last = replays.first { $0.state != "running" && $0.state != "waiting" }
        guard !shown.isEmpty || last != nil else { return "" }
        var table = Table(.left("replay"), .left("kind"), .left("state"), .left(""), .right("events/s"), .right("left"))
        for replay in shown.prefix(replaysMax) + [last].compactMap({ $0 }) {
            let isRunning = replay.state == "running"
            let bar = style.bar(Int64(clamping: replay.done), of: Int64(clamping: replay.total), width: barColumns)
            let findings = replay.findings > 0 ? ", \(Figures.grouped(replay.findings)) found" : ""
            table.add(
                .init(replay.id), .init(replay.kind),
                .init(
                    (isRunning ? replay.phase ?? replay.state : replay.state) + findings,
                    findings.isEmpty ? .plain : .bad),
                .init(isRunning ? "\(bar) \(percent(replay)) %" : "", isWhole: true),
                .init(isRunning ? replay.eventsPerSecond.map { Figures.grouped($0) } ?? "" : ""),
                .init(isRunning ? replay.secondsLeft.map { Figures.duration(seconds: Int64(clamping: $0)) } ?? "" : ""))
        }
        return "\n" + table.text(style)
    }

    // MARK: Numbers

    private static func percent(_ replay: ReplayBody) -> UInt64 {
        replay.total == 0 ? 0 : min(replay.done, replay.total) * 100 / replay.total
    }

    private static func rate(_ value: Double?, _ unit: String) -> String {
        (value.map(number) ?? "?") + " " + unit
    }

    /// A rate: whole where it is large, with a place where it is small.
    private static func number(_ value: Double) -> String {
        value < 10 ? fixed(value, places: 1) : Figures.grouped(Int64(min(value, 1e15).rounded()))
    }

    /// Seconds as people read them: `0.3 ms`, `12 ms`, `1.5 s`.
    static func duration(_ seconds: Double?) -> String {
        guard let seconds else { return "?" }
        switch seconds {
        case ..<0.01: return "\(fixed(seconds * 1_000, places: 2)) ms"
        case ..<1: return "\(Int64((seconds * 1_000).rounded())) ms"
        default: return "\(fixed(seconds, places: 1)) s"
        }
    }

    private static func fixed(_ value: Double, places: Int) -> String {
        let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
        return Figures.decimal(Int64((min(max(value, 0), 1e12) * factor).rounded()), places: places)
    }
}
