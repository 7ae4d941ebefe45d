/// The daemon's metrics that are shown here; the page on health in `LedgerHTTP` has them all.
enum MetricName {
    static let appendedEvents = "campaign_ledger_appended_events_total"
    static let refusals = "campaign_ledger_refusals_total"
    /// A histogram, in seconds.
    static let commitSeconds = "campaign_ledger_commit_duration_seconds"
    /// A histogram by route, in seconds.
    static let requestSeconds = "campaign_ledger_http_request_duration_seconds"
    static let route = "route"
    static let backupTime = "campaign_ledger_last_backup_timestamp_seconds"
    static let backupPosition = "campaign_ledger_last_backup_position"
    static let unverified = "campaign_ledger_unverified"
    static let residentBytes = "process_resident_memory_bytes"
    static let openDescriptors = "process_open_fds"
    static let cpuSeconds = "process_cpu_seconds_total"
    static let startTime = "process_start_time_seconds"
}
