import LedgerEngine
import LedgerHTTP

extension Setting {
    /// Everything that can be configured, in the order of `config/campaignd.yaml`.
    static let all = general + http + ledger + health + replays

    private static let seconds = 1...86_400
    private static let bytes = 4096...(1 << 46)

    private static let general = [
        Setting("data", .path, "data", "The data directory; made at the first start."),
        Setting("socket", .path, "run/campaignd.sock", "The Unix socket that is served."),
        Setting(
            "policy", .path, "none",
            "The file with the default policies that a new ledger records first; none records none."),
        Setting(
            "stop.timeoutSeconds", .number(2...3600), "10",
            "How long stopping may take in all; requests under way have two seconds less."),
        Setting(
            "log.level", .choice(["trace", "debug", "info", "notice", "warning", "error", "critical"]), "info",
            "The least level that is logged."),
        Setting("log.format", .choice(["text", "json"]), "text", "One line of text or one JSON object an entry."),
    ]

    private static let http: [Setting] = {
        let limits = HTTPLimits()
        return [
            Setting("http.threads", .number(0...1024), "0", "Event loops; 0 is one a core."),
            Setting("http.connectionsMax", .number(1...65_536), "\(limits.connectionsMax)", "Connections at a time."),
            Setting(
                "http.bodiesBytesMax", .number((16 << 20)...(1 << 40)), "\(limits.bodiesBytesMax)",
                "Bytes of request bodies in memory, over all connections."),
            Setting(
                "http.headerFieldBytesMax", .number(1024...(1 << 20)), "\(limits.headerFieldBytesMax)",
                "Bytes of one header field."),
            Setting(
                "http.headersBytesMax", .number(1024...(1 << 20)), "\(limits.headersBytesMax)",
                "Bytes of all header fields of a request."),
            Setting(
                "http.headerCountMax", .number(8...1000), "\(limits.headerCountMax)", "Header fields of a request."),
            Setting("http.headerTimeoutSeconds", .number(seconds), "10", "From a head's first byte to its end."),
            Setting("http.bodyTimeoutSeconds", .number(seconds), "60", "From a head's end to the body's."),
            Setting("http.idleTimeoutSeconds", .number(seconds), "300", "A connection without a request."),
            Setting("http.outputTimeoutSeconds", .number(seconds), "30", "A client that takes nothing of its answer."),
            Setting(
                "http.keepAliveSeconds", .number(seconds), "15", "Between signs of life on quiet server-sent events."),
            Setting(
                "http.sendBufferBytes", .number(4096...(16 << 20)), "\(limits.sendBufferBytes)",
                "The kernel's buffer for what a client has not read, a connection."),
        ]
    }()

    private static let ledger: [Setting] = {
        let standard = LedgerConfiguration(dataDirectory: "")
        return [
            Setting("ledger.logMapBytes", .number(bytes), "\(standard.logMapBytes)", "The log's map at the start."),
            Setting("ledger.logMapBytesMax", .number(bytes), "\(standard.logMapBytesMax)", "What it may grow to."),
            Setting(
                "ledger.viewsMapBytesMax", .number(bytes), "\(standard.viewsMapBytesMax)",
                "What the map of the read models may grow to."),
            Setting(
                "ledger.indexMapBytesMax", .number(bytes), "\(standard.indexMapBytesMax)",
                "What the index's map may grow to."),
            Setting(
                "ledger.queueRequestsMax", .number(1...1_000_000), "\(standard.queueRequestsMax)",
                "Posts that wait for the writer; more are answered with 429."),
            Setting(
                "ledger.queueBytesMax", .number((16 << 20)...(1 << 40)), "\(standard.queueBytesMax)",
                "Bytes of requests that wait for the writer."),
            Setting(
                "ledger.handoverBytesMax", .number((1 << 20)...(1 << 40)), "\(standard.handoverBytesMax)",
                "Bytes of recorded events kept in memory for the read models."),
            Setting(
                "ledger.checkpointBytesMax", .number((1 << 20)...(64 << 20)), "\(standard.checkpointBytesMax)",
                "Bytes of folded facts after which they are checkpointed."),
            Setting(
                "ledger.checkpointMilliseconds", .number(10...60_000), "\(standard.checkpointMilliseconds)",
                "How long folded facts wait for a checkpoint."),
            Setting(
                "ledger.indexCheckpointEvents", .number(1000...4_000_000), "\(standard.indexCheckpointEvents)",
                "Events after which the index is checkpointed."),
            Setting(
                "ledger.minPositionTimeoutSeconds", .number(1...3600), "\(standard.minPositionTimeoutSeconds)",
                "How long a query waits for minPosition."),
            Setting(
                "ledger.listsFreshMilliseconds", .number(0...60_000), "\(standard.listsFreshMilliseconds)",
                "How long the first list after a time without any waits for a table of about now."),
            Setting(
                "ledger.readyLagSecondsMax", .number(1...86_400), "\(standard.readyLagSecondsMax)",
                "How far the read models may lag while /readyz says yes."),
        ]
    }()

    private static let health: [Setting] = {
        let bounds = HealthBounds()
        return [
            Setting(
                "health.heartbeatSecondsMax", .number(2...3600), "\(bounds.heartbeatSecondsMax)",
                "How long a thread may go without a sign of life while /readyz says yes."),
            Setting(
                "health.diskFreeBytesMin", .number(0...(1 << 46)), "\(bounds.diskFreeBytesMin)",
                "Free bytes of the disk below which there is a warning."),
            Setting(
                "health.fullSecondsMin", .number(0...2_592_000), "\(bounds.fullSecondsMin)",
                "Seconds until disk or map are full, at the rate of the last minutes, below which there is a warning."),
            Setting(
                "health.mapUsePercentMax", .number(1...100), "\(bounds.mapUsePercentMax)",
                "The used share of the most a map may grow to above which there is a warning."),
        ]
    }()
}
