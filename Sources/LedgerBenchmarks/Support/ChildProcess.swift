import FoundationEssentials
import Glibc

/// A program that this one started, and ends by its number. Nothing of it outlives this object.
final class ChildProcess {
    let name: String
    let pid: pid_t
    /// The file with what it wrote to its outputs.
    let log: String
    private var ended: Ended?

    /// What the kernel counted for a program over its whole life.
    struct Ended {
        /// As `waitpid` gives it: 0 after exit(0).
        var status: Int32
        /// Time on a core, in user mode and in the kernel.
        var cpuSeconds: Double
        /// What it caused to be written to the disk.
        var writtenBytes: Int
    }

    /// Starts it with nothing of our environment but where programs and libraries are found.
    /// - Parameters:
    ///   - arguments: the program, by path or by name, and its arguments.
    ///   - output: the file for standard output; nil for the log.
    init(
        _ arguments: [String], environment: [String: String] = [:], log: String, output: String? = nil
    ) throws {
        name = arguments[0].split(separator: "/").last.map(String.init) ?? arguments[0]
        self.log = log
        pid = try Self.spawn(arguments, environment: environment, log: log, output: output)
    }

    deinit {
        kill()
    }

    /// Runs a program to its end and gives what it wrote to standard output.
    static func output(_ arguments: [String], environment: [String: String] = [:], folder: String) throws -> String {
        let (log, output) = (folder + "/child.log", folder + "/child.out")
        try? FileManager.default.removeItem(atPath: log)
        try? FileManager.default.removeItem(atPath: output)
        let child = try ChildProcess(arguments, environment: environment, log: log, output: output)
        let ended = child.waitForEnd()
        guard ended.status == 0 else {
            throw BenchmarkFault("\(child.name) ended with wait status \(ended.status).\n\(child.logTail)")
        }
        return text(of: output)
    }

    /// Whether it has ended by itself.
    var hasEnded: Bool {
        if ended == nil { reap(WNOHANG) }
        return ended != nil
    }

    /// Asks it to end and waits.
    func terminate(_ signal: Int32 = SIGTERM) -> Ended {
        if ended == nil { Glibc.kill(pid, signal) }
        return waitForEnd()
    }

    /// SIGKILL, and waits.
    @discardableResult
    func kill() -> Ended { terminate(SIGKILL) }

    func waitForEnd() -> Ended {
        while ended == nil { reap(0) }
        return ended!
    }

    /// The last lines that it wrote.
    var logTail: String {
        Self.text(of: log).split(separator: "\n").suffix(20).joined(separator: "\n")
    }

    /// Asks every millisecond or so until the condition is true.
    func wait(
        until what: String, seconds: Double, everyMilliseconds: UInt32 = 1, _ condition: () throws -> Bool
    ) throws {
        let watch = Stopwatch()
        while try !condition() {
            if hasEnded { throw BenchmarkFault("\(name) ended before it was \(what).\n\(logTail)") }
            guard watch.seconds < seconds else {
                throw BenchmarkFault("\(name) was not \(what) after \(Int(seconds)) s: see \(log).")
            }
            usleep(everyMilliseconds * 1_000)
        }
    }

    /// A file as text; empty if there is none.
    static func text(of path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    private func reap(_ options: Int32) {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(pid, &status, options, &usage) == pid else { return }
        ended = Ended(
            status: status,
            cpuSeconds: Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
                + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
            writtenBytes: usage.ru_oublock * 512)
    }

    private static func spawn(
        _ arguments: [String], environment: [String: String], log: String, output: String?
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output ?? log, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, log, flags, 0o600)
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var passed = environment
        for name in ["PATH", "HOME", "LD_LIBRARY_PATH"] where passed[name] == nil {
            passed[name] = getenv(name).map { String(cString: $0) }
        }
        var variables = passed.map { strdup($0 + "=" + $1) } + [nil]
        defer { variables.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, arguments[0], &actions, nil, &pointers, &variables)
        guard code == 0 else { throw BenchmarkFault.system("start \(arguments[0])", code: code) }
        return pid
    }
}
