extension Setting {
    /// Whether SIGHUP applies a change: to requests that begin from then on, of header and connection bounds to
    /// connections that begin from then on. Everything else is read at the start alone.
    var isReloadable: Bool {
        if key.hasPrefix("health.") { return true }
        if key.hasPrefix("http.") { return !Self.fixedHTTP.contains(key) }
        return Self.reloadable.contains(key)
    }

    private static let fixedHTTP: Set<String> = ["http.threads", "http.sendBufferBytes"]
    private static let reloadable: Set<String> = [
        "log.level", "ledger.queueRequestsMax", "ledger.queueBytesMax", "ledger.minPositionTimeoutSeconds",
        "ledger.listsFreshMilliseconds", "ledger.readyLagSecondsMax",
    ]
}
