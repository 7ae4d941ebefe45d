import LedgerAPI

/// Who would be judged otherwise under other policies, the greatest change first.
enum ChangeText {
    /// From which width on values stand beside the names of what else changes.
    private static let wideColumns = 120

    /// - Parameter changes: all of them, in the daemon's order.
    static func render(_ changes: [ChangeBody], _ style: Style) -> String {
        guard !changes.isEmpty else { return "" }
        let isWide = style.columns.map { $0 >= wideColumns } ?? true
        // No parameter of today's policies moves money, so mostly there are no such columns.
        let sums = ["due", "paid"].filter { sum in changes.contains { !money(sum, of: $0).isEmpty } }
        let hasYears = changes.contains { !$0.reportable.isEmpty }
        let table = Table(
            columns: [
                .left("influencer"), .left("tier"), .left("trust"), .right("difference"), .left("stage"),
                .left("caps"),
            ] + sums.map { .left($0) } + (hasYears ? [.left("reportable")] : []) + [.left("what else")],
            rows: changes.map { change in
                row(change, style) + sums.map { .init(money($0, of: change).joined(separator: ", ")) }
                    + (hasYears ? [.init(years(change).joined(separator: ", "))] : [])
                    + [.init(others(change, isWide: isWide, style).joined(separator: ", "))]
            })
        return table.text(style)
    }

    /// What was asked and how many it concerns.
    ///
    /// - Parameter shown: rows of the table above it.
    static func summary(_ replay: ReplayBody, shown: Int, _ style: Style) -> String {
        guard let whatIf = replay.whatif else { return "" }
        let (changed, all) = (whatIf.changed, Figures.count(whatIf.influencers, "influencer"))
        var text = "\(Figures.grouped(changed)) of \(all) would change"
        if UInt64(shown) < changed {
            text += ", the greatest \(Figures.grouped(shown)) are shown; "
            text += "all: campaignctl replay changes \(TerminalText.escape(replay.id)) --csv"
        }
        let parts = [
            "at \(TerminalText.escape(whatIf.at))", "position \(whatIf.position)",
            "other policies: \(TerminalText.escape(whatIf.policies.joined(separator: ", ")))",
        ]
        return text + "\n" + style.flow(parts, separator: style.dot, paint: .dim)
    }

    private static func row(_ change: ChangeBody, _ style: Style) -> [Table.Cell] {
        let difference = change.score.flatMap { Self.difference($0.before, $0.after) } ?? ""
        return [
            .init(change.influencerId), .init(change.tier),
            .init(change.score.map { arrow($0, style) } ?? "", isWhole: true),
            .init(difference, difference.hasPrefix("-") ? .bad : .good),
            .init(change.stage.map { arrow($0, style) } ?? "", isWhole: true),
            .init(change.caps.map { turned($0).joined(separator: " ") } ?? "", .warning),
        ]
    }

    /// What differs beside score, stage, caps and money.
    private static func others(_ change: ChangeBody, isWide: Bool, _ style: Style) -> [String] {
        func named(_ name: String, _ values: String?) -> String? {
            values.map { isWide ? "\(name) \($0)" : name }
        }
        var parts = change.components.map {
            named($0.component, "\(percent($0.before, style)) \(arrow(style)) \(percent($0.after, style))")
        }
        parts.append(named("evidence", change.evidence.map { arrow($0, style) }))
        parts.append(change.flags.map { turned($0).joined(separator: " ") })
        parts += change.metrics.map {
            named($0.metric, "\(percent($0.before, style)) \(arrow(style)) \(percent($0.after, style))")
        }
        parts.append(
            named(
                "breaches",
                change.openBreaches.map { arrow(BeforeAfter(before: "\($0.before)", after: "\($0.after)"), style) }))
        if change.score == nil {
            parts.append(named("before caps", change.scoreBeforeCaps.map { arrow($0, style) }))
        }
        if change.evidence == nil, change.evidenceCount != nil { parts.append("evidence count") }
        parts.append(named("home topics", change.homeTopics.map { turned($0).joined(separator: " ") }))
        return parts.compactMap { $0 }
    }

    private static func arrow(_ style: Style) -> String { style.unicode ? "→" : "->" }

    private static func arrow(_ change: BeforeAfter<String>, _ style: Style) -> String {
        "\(change.before) \(arrow(style)) \(change.after)"
    }

    private static func percent(_ bp: Int64?, _ style: Style) -> String {
        bp.map { Decimals.text(Int128($0), places: 2) } ?? style.dash
    }

    /// What comes, with a plus, and what goes, with a minus; of lists that differ in their order alone, the new one.
    static func turned(_ change: BeforeAfter<[String]>) -> [String] {
        let turned =
            change.after.filter { !change.before.contains($0) }.map { "+\($0)" }
            + change.before.filter { !change.after.contains($0) }.map { "-\($0)" }
        return turned.isEmpty ? change.after : turned
    }

    /// What a sum differs by, in each currency.
    private static func money(_ sum: String, of change: ChangeBody) -> [String] {
        change.compensation.sorted { $0.key < $1.key }.compactMap { currency, sums in
            sums[sum].flatMap { difference($0.before, $0.after) }.map { "\($0) \(currency)" }
        }
    }

    private static func years(_ change: ChangeBody) -> [String] {
        change.reportable.map { year in
            switch (year.before.reportable ?? false, year.after.reportable ?? false) {
            case (false, true): "+\(year.year)"
            case (true, false): "-\(year.year)"
            default: "\(year.year) \(year.currency)"
            }
        }
    }

    /// After less before, with its sign; nil of what are no decimals of the same places.
    static func difference(_ before: String, _ after: String) -> String? {
        guard let (was, places) = Decimals.parse(before), let (now, newPlaces) = Decimals.parse(after),
            places == newPlaces
        else { return nil }
        return (now > was ? "+" : "") + Decimals.text(now - was, places: places)
    }
}
