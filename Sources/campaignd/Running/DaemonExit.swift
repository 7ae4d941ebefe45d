import ArgumentParser
import LedgerEngine
import LedgerHTTP
import SettingsFiles

/// How the daemon ends; the numbers are those of `sysexits.h` where there is one.
enum DaemonExit: Int32, Sendable {
    /// Stopped as asked.
    case success = 0
    /// Failed while it ran, the storage included: a restart opens it again, and says so if that cannot be.
    case failure = 1
    /// The command line is wrong.
    case usage = 64
    /// There is nothing where something to read was named.
    case noInput = 66
    /// The data directory is refused, or could not be read.
    case storage = 74
    /// Another daemon has the data directory or the socket: try again later.
    case inUse = 75
    /// The configuration or a policy file is wrong.
    case configuration = 78

    /// The exit for what stopped the start or the run.
    init(_ error: any Error) {
        switch error {
        case is SettingsFault: self = .configuration
        case let fault as ListenerFault:
            switch fault.reason {
            case .inUse: self = .inUse
            case .unusable: self = .configuration
            case .system: self = .failure
            }
        default: self = .failure
        }
    }

    /// The exit for a ledger that was not opened.
    init(opening error: any Error) {
        if case .inUse? = error as? LedgerOpeningError { self = .inUse } else { self = .storage }
    }

    var code: ExitCode { ExitCode(rawValue) }
}
