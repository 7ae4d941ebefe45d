import Glibc
import LedgerStore
import Logging

extension Ledger {
    /// What share of the machine a replay takes unless it is asked otherwise.
    package var replayPace: ReplayPace { configuration.replayPace }

    /// The replays of a ledger that is being opened.
    static func replays(
        _ configuration: LedgerConfiguration, _ clock: any LedgerClock, _ logger: Logger
    ) throws -> ReplayCenter {
        let path = configuration.dataDirectory
        return try ReplayCenter(
            dataDirectory: path, clock: clock, logger: logger,
            hasPrevious: {
                access("\(path)/views.previous", F_OK) == 0 || access("\(path)/index.previous", F_OK) == 0
            },
            work: configuration.replayWork)
    }
}
