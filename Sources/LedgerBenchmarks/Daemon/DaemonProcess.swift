import FoundationEssentials
import Glibc
import LedgerAPI

/// A `campaignd` that this program started, on a data directory of this program's own.
final class DaemonProcess {
    /// How long a start or a stop may take. A rebuild of all read models happens within it.
    static let patienceSeconds = 600.0

    let pid: pid_t
    let folder: WorkFolder
    private var isRunning = true

    /// The daemon next to this program's own file.
    static func besideThisProgram() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/campaignd"
        guard access(String(path), X_OK) == 0 else {
            throw BenchmarkFault(
                "No campaignd at \(path): build it (swift build -c release --product campaignd) or give --daemon.")
        }
        return String(path)
    }

    /// Starts it; it may not be ready yet.
    init(_ executable: String, data: String, folder: WorkFolder) throws {
        self.folder = folder
        pid = try Self.spawn(
            [executable, "--data", data, "--socket", folder.socket, "--policy", "none"], log: folder.daemonLog)
    }

    deinit {
        if isRunning {
            kill()
        }
    }

    /// Ends it as an operator does: it checkpoints and exits 0.
    func stop() throws {
        Glibc.kill(pid, SIGTERM)
        let status = reap()
        guard status == 0 else {
            throw BenchmarkFault("campaignd ended with wait status \(status): see its log.\n\(logTail)")
        }
    }

    /// SIGKILL.
    func kill() {
        Glibc.kill(pid, SIGKILL)
        _ = reap()
    }

    /// Waits until `/readyz` says yes.
    func untilReady() throws {
        try wait(until: "ready") {
            guard let connection = try? LeanConnection(folder.socket) else { return false }
            return try connection.get("/readyz").status == 200
        }
    }

    /// Waits until it answers and the condition is true of its status, which is asked every millisecond or so.
    @discardableResult
    func until(_ what: String, _ condition: (StatusBody) -> Bool) throws -> StatusBody {
        var connection: LeanConnection?
        var last: StatusBody?
        try wait(until: what) {
            if connection == nil {
                connection = try? LeanConnection(folder.socket)
            }
            guard let connection else { return false }
            let status = try Self.status(over: connection)
            last = status
            return condition(status)
        }
        return last!
    }

    func status() throws -> StatusBody {
        try Self.status(over: LeanConnection(folder.socket))
    }

    /// The last lines that it logged.
    var logTail: String {
        let text = (try? String(contentsOfFile: folder.daemonLog, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(20).joined(separator: "\n")
    }

    private static func status(over connection: LeanConnection) throws -> StatusBody {
        let answer = try connection.get("/v1/status")
        guard answer.status == 200 else {
            throw BenchmarkFault("/v1/status answers \(answer.status): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return try WireCoding.decode(StatusBody.self, from: Data(answer.body))
    }

    private func wait(until what: String, _ condition: () throws -> Bool) throws {
        let watch = Stopwatch()
        while try !condition() {
            var status: Int32 = 0
            if waitpid(pid, &status, WNOHANG) == pid {
                isRunning = false
                throw BenchmarkFault("campaignd ended (wait status \(status)) before it was \(what).\n\(logTail)")
            }
            guard watch.seconds < Self.patienceSeconds else {
                throw BenchmarkFault(
                    "campaignd was not \(what) after \(Int(Self.patienceSeconds)) s: see \(folder.daemonLog).")
            }
            usleep(1_000)
        }
    }

    private func reap() -> Int32 {
        guard isRunning else { return 0 }
        isRunning = false
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private static func spawn(_ arguments: [String], log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var pid: pid_t = 0
        // Nothing of the caller's settings reaches the daemon: only what its libraries are found by.
        var environment = ["PATH", "LD_LIBRARY_PATH"].compactMap { name in
            getenv(name).map { strdup(name + "=" + String(cString: $0)) }
        }
        defer { environment.forEach { free($0) } }
        environment.append(nil)
        let code = posix_spawn(&pid, arguments[0], &actions, nil, &pointers, &environment)
        guard code == 0 else { throw BenchmarkFault.system("start \(arguments[0])", code: code) }
        return pid
    }
}
