import LedgerAPI

/// The exceptions of each kind along one line of time.
enum ExceptionStrip {
    /// - Parameter isWhole: Whether there are no more than these, which are the register's first.
    static func table(_ exceptions: [ExceptionBody], isWhole: Bool) -> ReportTable {
        let times = exceptions.compactMap { WireTime.seconds($0.since) }
        let kinds = Dictionary(grouping: exceptions, by: \.kind).sorted { $0.key < $1.key }
        var table = ReportTable(
            isWhole ? "Open exceptions by kind" : "The register's first \(exceptions.count) open exceptions by kind",
            [.text("kind"), .number("open"), .time("first"), .text("since when"), .time("last")])
        for (kind, entries) in kinds {
            let sinces = entries.map(\.since).sorted()
            table.rows.append([
                .init(kind), .init(Decimals.grouped(entries.count)), .init(sinces.first ?? ""),
                .init(strip(entries, from: times.min() ?? 0, to: times.max() ?? 0)), .init(sinces.last ?? ""),
            ])
        }
        return table
    }

    private static func strip(_ entries: [ExceptionBody], from: Int64, to: Int64) -> Markup {
        let span = Int128(max(1, to - from))
        let places = Set(entries.compactMap { WireTime.seconds($0.since) }.map { Int128($0 - from) * 960 / span + 20 })
        return .element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "bar", "viewBox": "0 0 100 8",
                "preserveAspectRatio": "none", "aria-hidden": "true",
            ],
            [.void("rect", ["class": "track", "y": "3.5", "width": "100", "height": "1"])]
                + places.sorted().map { x in
                    .void(
                        "rect",
                        ["class": "fbad", "x": PlotFrame.text(x - 5), "width": "1", "height": "8"])
                })
    }
}
