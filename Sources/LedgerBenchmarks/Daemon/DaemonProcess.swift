import FoundationEssentials
import Glibc
import LedgerAPI

/// A `campaignd` that this program started, on a data directory of this program's own.
final class DaemonProcess {
    /// How long a start or a stop may take. A rebuild of all read models happens within it.
    static let patienceSeconds = 900.0

    /// What it runs under, where that is not the default.
    struct Options {
        /// Cores it may use, as `taskset` takes them; nil for all.
        var cores: String?
        /// A program to run it under, with its arguments.
        var under: [String] = []
        /// Environment variables: settings, or what is preloaded.
        var environment: [String: String] = [:]
    }

    let process: ChildProcess
    let folder: WorkFolder

    /// Starts it; it may not be ready yet.
    init(_ executable: String, data: String, folder: WorkFolder, options: Options = Options()) throws {
        self.folder = folder
        let cores = options.cores.map { ["taskset", "-c", $0] } ?? []
        process = try ChildProcess(
            cores + options.under + [executable, "--data", data, "--socket", folder.socket, "--policy", "none"],
            environment: options.environment, log: folder.daemonLog)
    }

    /// The file beside this program's own.
    static func besideThisProgram(_ name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/" + name
        guard access(String(path), R_OK) == 0 else {
            throw BenchmarkFault(
                "No \(name) at \(path): run scripts/bench, or build it with swift build -c release.")
        }
        return String(path)
    }

    /// Ends it as an operator does: it checkpoints and exits 0.
    @discardableResult
    func stop() throws -> ChildProcess.Ended {
        let ended = process.terminate()
        guard ended.status == 0 else {
            throw BenchmarkFault("campaignd ended with wait status \(ended.status): see its log.\n\(process.logTail)")
        }
        return ended
    }

    /// SIGKILL.
    func kill() {
        process.kill()
    }

    /// Waits until `/readyz` says yes.
    func untilReady() throws {
        try process.wait(until: "ready", seconds: Self.patienceSeconds) {
            guard let connection = try? LeanConnection(folder.socket) else { return false }
            return try connection.get("/readyz").status == 200
        }
    }

    /// Waits until it answers and the condition is true of its status, which is asked every so many milliseconds.
    @discardableResult
    func until(
        _ what: String, everyMilliseconds: UInt32 = 1, _ condition: (StatusBody) throws -> Bool
    ) throws -> StatusBody {
        var connection: LeanConnection?
        var last: StatusBody?
        try process.wait(until: what, seconds: Self.patienceSeconds, everyMilliseconds: everyMilliseconds) {
            if connection == nil {
                connection = try? LeanConnection(folder.socket)
            }
            guard let connection else { return false }
            let status = try Self.status(over: connection)
            last = status
            return try condition(status)
        }
        return last!
    }

    func status() throws -> StatusBody {
        try Self.status(over: LeanConnection(folder.socket))
    }

    private static func status(over connection: LeanConnection) throws -> StatusBody {
        let answer = try connection.get("/v1/status")
        guard answer.status == 200 else {
            throw BenchmarkFault("/v1/status answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try WireCoding.decode(StatusBody.self, from: Data(answer.body))
    }
}

extension StatusBody {
    /// Whether a read model has seen everything up to a position.
    func stands(_ readModel: String, at position: UInt64) -> Bool {
        (readModels.first { $0.name == readModel }?.position ?? 0) >= position
    }
}
