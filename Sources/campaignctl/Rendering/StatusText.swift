import LedgerAPI

/// How the daemon is.
enum StatusText {
    static func render(_ status: StatusBody, _ style: Style) -> String {
        var facts = Table(.left(""), .left(""))
        facts.add("ledger", .init(status.ledgerId))
        facts.add("data", .init(status.dataDirectory))
        facts.add("version", .init(status.version))
        facts.add("head", .init("\(status.head)"))
        facts.add("state", state(status))
        facts.add("durability", .init(status.durability))
        facts.add("queue", .init(Figures.count(status.queueDepth, "request")))
        facts.add("oldest reader", .init("open for \(Figures.duration(seconds: Int64(status.oldestReaderSeconds)))"))
        facts.add("up for", .init(Figures.duration(seconds: Int64(status.uptimeSeconds))))
        for trouble in status.troubles {
            facts.add("trouble", .init(trouble, .bad))
        }
        for warning in status.warnings {
            facts.add("warning", .init(warning, .warning))
        }
        return facts.text(style) + "\n" + readModels(status.readModels, style) + "\n" + sizes(status.sizes, style)
    }

    private static func state(_ status: StatusBody) -> Table.Cell {
        guard status.readOnly else { return .init("recording", .good) }
        return .init("read-only: \(status.readOnlyReason ?? "no reason given")", .bad)
    }

    private static func readModels(_ models: [ReadModelStatus], _ style: Style) -> String {
        var table = Table(
            .left("read model"), .right("position"), .right("durable to"), .right("lag events"), .right("lag s"))
        for model in models {
            table.add(
                .init(model.name), .init("\(model.position)"), .init("\(model.checkpointPosition)"),
                lag(model.idle ? "idle" : Figures.grouped(model.lagEvents), of: model),
                lag(model.idle ? "idle" : Figures.grouped(model.lagSeconds), of: model))
        }
        return table.text(style)
    }

    /// What nobody asks for is behind because of that: no reason to worry.
    private static func lag(_ text: String, of model: ReadModelStatus) -> Table.Cell {
        .init(text, model.lagSeconds > 10 && !model.idle ? .warning : .plain)
    }

    private static func sizes(_ sizes: [EnvironmentSize], _ style: Style) -> String {
        var table = Table(
            .left("environment"), .right("on disk"), .right("in use"), .right("at most"), .right("used"))
        for size in sizes {
            let share = size.mapBytes == 0 ? 0 : Int64(size.usedBytes / max(1, size.mapBytes / 10_000))
            table.add(
                .init(size.name), .init(Figures.bytes(size.bytes)), .init(Figures.bytes(size.usedBytes)),
                .init(Figures.bytes(size.mapBytes)),
                .init(Figures.percent(bp: min(share, 10_000)), share > 8_000 ? .warning : .plain))
        }
        return table.text(style)
    }
}
