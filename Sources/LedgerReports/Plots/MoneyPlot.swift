/// What was earned and given above the line, what was paid below it, and what is due.
struct MoneyPlot {
    let flow: MoneyFlow

    private var hasMedia: Bool { flow.periods.contains { $0.media != 0 } }

    var markup: Markup? {
        guard let first = flow.periods.first, let last = flow.periods.last else { return nil }
        let above = flow.periods.map { max(0, $0.earned) + max(0, $0.gifts) + max(0, $0.media) }
        let below = flow.periods.map { -max(0, $0.paid) + min(0, $0.earned) + min(0, $0.gifts) + min(0, $0.media) }
        let dues = flow.periods.map(\.due)
        let frame = PlotFrame(
            time: TimeAxis(from: first.firstDay * WireTime.daySeconds, to: last.endDay * WireTime.daySeconds),
            values: ValueAxis(
                least: min(below.min() ?? 0, dues.min() ?? 0), most: max(above.max() ?? 0, dues.max() ?? 0),
                places: flow.places))
        let line = flow.periods.map { ($0.endDay * WireTime.daySeconds, $0.due) }
        return .element(
            "figure",
            [
                frame.svg(
                    title: "Money over time in \(flow.currency)",
                    description: "At the end \(flow.text(last.due)) \(flow.currency) are due.",
                    flow.periods.flatMap { bars($0, frame) } + [frame.line(line, "sc thin dashed")]),
                .element("figcaption", keys),
            ])
    }

    private var keys: [Markup] {
        [PlotKey.box("fa", "fees and commissions"), PlotKey.box("fd", "gifts at cost")]
            + (hasMedia ? [PlotKey.box("track", "paid ads")] : [])
            + [
                PlotKey.box("fb", "paid out, below the line"),
                PlotKey.line("sc thin dashed", "due at the end of each \(unit)"),
                .text("\(flow.currency) by \(unit), by the day of each posting."),
            ]
    }

    private var unit: String {
        flow.periods.first.map { $0.label.count == 4 ? "year" : "month" } ?? "month"
    }

    private func bars(_ period: MoneyFlow.Period, _ frame: PlotFrame) -> [Markup] {
        var bars: [Markup] = []
        var top: Int128 = 0
        var bottom: Int128 = 0
        for (value, fill) in [
            (period.earned, "fa"), (period.gifts, "fd"), (period.media, "track"), (-period.paid, "fb"),
        ] where value != 0 {
            let start = value > 0 ? top : bottom
            bars.append(bar(period, from: start, to: start + value, fill, frame))
            if value > 0 { top += value } else { bottom += value }
        }
        return bars
    }

    private func bar(
        _ period: MoneyFlow.Period, from: Int128, to: Int128, _ fill: String, _ frame: PlotFrame
    ) -> Markup {
        let left = frame.x(period.firstDay * WireTime.daySeconds)
        let right = frame.x(period.endDay * WireTime.daySeconds)
        let gap = max(5, (right - left) / 8)
        let ends = [frame.y(from), frame.y(to)].sorted()
        return .element(
            "rect",
            [
                "class": fill, "x": PlotFrame.text(left + gap), "y": PlotFrame.text(ends[0]),
                "width": PlotFrame.text(max(10, right - left - 2 * gap)), "height": PlotFrame.text(ends[1] - ends[0]),
            ], [.element("title", [.text("\(period.label): \(flow.text(to - from)) \(flow.currency)")])])
    }

    /// The sums that the bars show.
    var table: ReportTable {
        let media: [ReportTable.Column] = hasMedia ? [.number("paid ads")] : []
        return ReportTable(
            "Money by \(unit) in \(flow.currency), added up from the postings",
            [.text(unit), .number("fees and commissions"), .number("gifts at cost")] + media
                + [.number("paid out"), .number("due at the end")],
            flow.periods.map { period in
                let ads: [ReportTable.Cell] = hasMedia ? [.init(flow.text(period.media))] : []
                return [.init(period.label), .init(flow.text(period.earned)), .init(flow.text(period.gifts))] + ads
                    + [.init(flow.text(period.paid)), .init(flow.text(period.due), period.due < 0 ? "bad" : nil)]
            })
    }
}
