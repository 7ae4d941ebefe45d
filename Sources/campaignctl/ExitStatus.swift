import LedgerClient

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the process ends with. The numbers are those of sysexits.h where it has one; they are permanent.
enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Done.
    case done = 0
    /// The daemon refused, or something failed on the way; the reason is on standard error.
    case refused = 1
    /// What was examined is not as it has to be; what and where is on standard output.
    case found = 2
    /// The command line is wrong.
    case usage = 64
    /// A file to read is not there or cannot be read.
    case inputMissing = 66
    /// No daemon, or no answer from it.
    case unavailable = 69
    /// The terminal was closed (SIGHUP).
    case hungUp = 129
    /// Interrupted with Ctrl-C (SIGINT).
    case interrupted = 130
    /// Whoever read the output has gone; says nothing.
    case pipeClosed = 141
    /// Asked to end (SIGTERM).
    case terminated = 143

    init(_ error: LedgerClientError) {
        self =
            switch error {
            case .daemonUnavailable, .timedOut, .connectionLost: .unavailable
            case .problem, .unexpectedAnswer: .refused
            case .cancelled: .interrupted
            }
    }

    /// What a process ends with that a signal ended: 128 and its number.
    init(signal: Int32) {
        self =
            switch signal {
            case SIGHUP: .hungUp
            case SIGTERM: .terminated
            default: .interrupted
            }
    }

    /// The list that the help shows.
    static let help = """
        EXIT CODES
          0    done
          1    the daemon refused, or something failed; the reason is on standard error
          2    what was examined (doctor, verify) is not as it has to be
          64   the command line is wrong
          66   a file to read is missing or cannot be read
          69   no daemon at the socket, or no answer from it
          129  the terminal was closed (SIGHUP)
          130  interrupted (SIGINT)
          141  whoever read the output has gone
          143  asked to end (SIGTERM)
        """
}

/// Why a command ends early: an exit status and sentences for standard error.
struct CommandFailure: Error, Sendable, CustomStringConvertible {
    let status: ExitStatus
    let description: String

    init(_ status: ExitStatus, _ description: String) {
        self.status = status
        self.description = description
    }
}

extension CommandFailure {
    /// An answer that did not come or was cut off, as the failure of a command that knows what that means for what it
    /// did; nil for every other error.
    init?(_ error: any Error, advice: String) {
        guard let lost = error as? LedgerClientError, let sentence = lost.interruption else { return nil }
        self.init(ExitStatus(lost), "\(sentence) \(advice)")
    }

    /// Runs what writes a file: of an answer that is cut off there is none.
    static func writing(_ work: () async throws -> Void, advice: String) async throws {
        do {
            try await work()
        } catch let error {
            throw CommandFailure(error, advice: advice) ?? error
        }
    }
}
