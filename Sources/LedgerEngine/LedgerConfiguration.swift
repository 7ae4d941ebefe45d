package import CampaignDomain

/// How a ledger is opened. Every value has a default but the directory; `config/campaignd.yaml` documents them.
package struct LedgerConfiguration: Sendable {
    /// The data directory: `LEDGER`, `lock`, `log/`, `views/`, `index/`.
    package var dataDirectory: String
    /// Policies that a new ledger's first events publish, with their parameters in the order of the kind's table; none
    /// leaves the defaults in force, as version 0.
    package var defaultPolicies: [(kind: PolicyKind, parameters: [Int64])] = []
    /// The version of the program, for status.
    package var version = "0.1.0"

    /// How far the map of `log/` may grow, in bytes. A sparse map costs address space only.
    package var logMapBytesMax: UInt64 = 1 << 40
    /// The map of `log/` at start, in bytes; it doubles when it is full.
    package var logMapBytes: UInt64 = 64 << 30
    /// How far the map of `views/` may grow, in bytes.
    package var viewsMapBytesMax: UInt64 = 1 << 40
    /// How far the map of `index/` may grow, in bytes.
    package var indexMapBytesMax: UInt64 = 1 << 40

    /// Requests that wait for the writer at most; more are answered 429.
    package var queueRequestsMax = 4096
    /// Bytes of requests that wait for the writer at most: records, facts, and some 110 for each event.
    package var queueBytesMax = 64 << 20
    /// Bytes of committed requests kept in memory for the projector; more are read from the log again.
    package var handoverBytesMax = 32 << 20

    /// Bytes of folded facts after which they are checkpointed to `views/`, at most `checkpointBytesLimit`; as many again
    /// are folded meanwhile.
    package var checkpointBytesMax = 64 << 20
    /// How long folded facts wait for a checkpoint at most, in milliseconds.
    package var checkpointMilliseconds = 500
    /// Events after which `index/` is checkpointed. Also what a restart reads again at most, roughly.
    package var indexCheckpointEvents = 500_000

    /// How long a query waits for `minPosition` at most, in seconds.
    package var minPositionTimeoutSeconds = 10
    /// How long the first list after a time without any waits for a table of about now, in milliseconds. Then it takes the
    /// one that there is, if that is not older than lists may be at all.
    package var listsFreshMilliseconds = 250
    /// How far behind the head, in seconds, the read models may be for `/readyz` to be true.
    package var readyLagSecondsMax = 10

    /// What share of the machine a replay takes unless it is asked otherwise.
    package var replayPace = ReplayPace()
    /// Makes what a replay does; tests put their own here.
    package var replayWork: ReplayCenter.WorkFactory = ReplayCenter.standardWork
    /// The version of the read models' rows that this program makes, and those that it can go on with; other ones only in
    /// tests.
    package var rowsVersion = ViewKeys.rowsVersion
    package var readableRowsVersions = ViewKeys.readableVersions
    /// From when on something is wrong, or will be.
    package var health = HealthBounds()

    /// What one checkpoint may hold stays below what `views/` takes in one transaction.
    package static let checkpointBytesLimit = 64 << 20

    package init(dataDirectory: String) {
        self.dataDirectory = dataDirectory
    }
}
