import LedgerAPI

/// Replays: how far they are, what they found, how they ended.
enum ReplayText {
    private static let barColumns = 12

    /// One line of how far a replay is.
    static func progress(_ replay: ReplayBody, hasBar: Bool, _ style: Style) -> String {
        guard let phase = replay.phase else {
            return "replay \(TerminalText.escape(replay.id)) \(TerminalText.escape(replay.state))"
        }
        var parts: [String] = []
        if replay.total > 0 {
            let (done, total) = (Int64(clamping: replay.done), Int64(clamping: replay.total))
            let percent = "\(percent(replay)) %"
            parts.append(hasBar ? "[\(style.bar(done, of: total, width: barColumns))] \(percent)" : percent)
        }
        parts.append(TerminalText.escape(phase))
        if let rate = replay.eventsPerSecond { parts.append("\(Figures.grouped(rate))/s") }
        if let left = replay.secondsLeft {
            parts.append("\(Figures.duration(seconds: Int64(clamping: left))) left")
        }
        parts.append("position \(replay.position)")
        if replay.findings > 0 { parts.append(style.paint(Figures.count(replay.findings, "finding"), .bad)) }
        return parts.joined(separator: "  ")
    }

    /// Of a phase whose steps are known.
    private static func percent(_ replay: ReplayBody) -> UInt64 {
        let (hundredfold, overflows) = replay.done.multipliedReportingOverflow(by: 100)
        return overflows ? 100 : min(100, hundredfold / replay.total)
    }

    /// A finding as a line.
    static func finding(_ finding: FindingBody, _ style: Style) -> String {
        let place = finding.subject ?? finding.position.map { "position \($0)" }
        let whole = [finding.place, finding.kind, place].compactMap { $0 }.map { TerminalText.escape($0) }
        return style.paint(whole.joined(separator: " "), .bad) + ": \(TerminalText.escape(finding.text))\n"
    }

    /// A replay as a whole.
    static func render(_ replay: ReplayBody, _ style: Style) -> String {
        var facts = Table(.left(""), .left(""))
        facts.add("replay", .init(replay.id))
        facts.add("kind", .init(replay.kind))
        facts.add("state", .init(replay.state, paint(of: replay)))
        facts.add("asked for", .init(replay.createdAt))
        if let started = replay.startedAt { facts.add("begun", .init("\(started), attempt \(replay.attempt)")) }
        if let ended = replay.endedAt { facts.add("ended", .init(ended)) }
        if replay.phase != nil { facts.add("progress", .init(progress(replay, hasBar: false, .plain))) }
        facts.add("pace", .init("\(Figures.count(replay.cores, "core")), \(replay.sharePercent) % of their time"))
        facts.add("findings", .init(Figures.grouped(replay.findings), replay.findings > 0 ? .bad : .plain))
        if let error = replay.error { facts.add("error", .init(error, .bad)) }
        if replay.keepsPrevious { facts.add("keeps", "the read models that it replaced") }
        return facts.text(style) + result(replay, style)
    }

    /// How it ended, in figures.
    private static func result(_ replay: ReplayBody, _ style: Style) -> String {
        var facts = Table(.left(""), .left(""))
        if let verify = replay.verify {
            facts.add("verdict", verify.sound ? .init("sound", .good) : .init("not as it has to be", .bad))
            facts.add("records", .init("\(Figures.grouped(verify.records)), 1 to \(verify.position)"))
            facts.add("digest", .init(verify.recordsSha256, isWhole: true))
            return "\n" + facts.text(style) + "\n" + readModels(verify.readModels, style)
        }
        if let rebuild = replay.rebuild {
            facts.add("took over", .init("at position \(rebuild.position)"))
            facts.add("rows", .init(Figures.grouped(rebuild.rows)))
            facts.add("digest", .init(rebuild.sha256, isWhole: true))
            facts.add("differences", .init(Figures.grouped(rebuild.differences)))
            return "\n" + facts.text(style)
        }
        guard let whatIf = replay.whatif else { return "" }
        facts.add("as of", .init("\(whatIf.at), position \(whatIf.position)"))
        facts.add("policies", .init(whatIf.policies.joined(separator: ", ")))
        facts.add("changed", .init("\(Figures.grouped(whatIf.changed)) of \(Figures.grouped(whatIf.influencers))"))
        return "\n" + facts.text(style)
    }

    private static func readModels(_ models: [VerifiedReadModel], _ style: Style) -> String {
        var table = Table(.left("read model"), .right("position"), .right("rows"), .left("digest"), .left("is"))
        for model in models {
            let isEqual = model.sha256 == model.expectedSha256
            table.add(
                .init(model.name), .init("\(model.position)"), .init(Figures.grouped(model.rows)),
                .init(model.sha256), isEqual ? .init("as the log says", .good) : .init("another", .bad))
        }
        return table.text(style)
    }

    /// Replays, one a line.
    static func renderList(_ list: ItemList<ReplayBody>, _ style: Style) -> String {
        guard !list.items.isEmpty else { return "No replays. Start one: campaignctl replay verify\n" }
        var table = Table(
            .right("replay"), .left("kind"), .left("state"), .left("asked for"), .right("findings"), .left("how far"))
        for replay in list.items {
            table.add(
                .init(replay.id), .init(replay.kind), .init(replay.state, paint(of: replay)), .init(replay.createdAt),
                .init(Figures.grouped(replay.findings), replay.findings > 0 ? .bad : .plain),
                .init(howFar(replay, style)))
        }
        return table.text(style) + StandingText.more(list.next, style)
    }

    private static func howFar(_ replay: ReplayBody, _ style: Style) -> String {
        if let phase = replay.phase {
            guard replay.total > 0 else { return phase }
            return "\(phase), \(percent(replay)) %"
        }
        if let error = replay.error { return error }
        if let verify = replay.verify { return verify.sound ? "sound to position \(verify.position)" : "not sound" }
        if let rebuild = replay.rebuild {
            return "at position \(rebuild.position)\(replay.keepsPrevious ? ", keeps the previous" : "")"
        }
        if let whatIf = replay.whatif { return "\(Figures.count(whatIf.changed, "influencer")) would change" }
        return style.dash
    }

    private static func paint(of replay: ReplayBody) -> Paint {
        switch replay.state {
        case "succeeded": replay.verify?.sound == false ? .bad : .good
        case "failed", "interrupted": .bad
        case "cancelled": .warning
        default: .plain
        }
    }
}
