import Foundation
import Glibc

/// A program that was started, by its process id. Not Foundation's: this one waits without a run loop and gives its
/// child no descriptor but the three, as all others are opened to be closed by `exec`.
final class ChildProcess: Sendable {
    let processID: pid_t
    private let ended = Guarded<Int32?>(nil)

    init(
        _ path: String, _ arguments: [String], environment: [String: String], folder: String?, input: String?,
        outputPath: String, errorsPath: String
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorsPath, flags, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The test's own masks and handlers are none of the child's business.
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var started: pid_t = 0
        // The shell only changes to the folder and becomes the program: the process id stays. It sets the umask, which
        // other tests of this process change for a moment when they make a socket.
        let wrapper = ["/bin/sh", "-c", "umask 022 && cd \"$1\" && shift && exec \"$@\"", "sh", folder ?? "/"]
        let texts = (wrapper + [path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (texts + variables).forEach { free($0) } }
        let code = posix_spawn(&started, wrapper[0], &actions, &attributes, texts, variables)
        guard code == 0 else { throw SystemFailure("\(path) could not be started: errno \(code)") }
        processID = started
    }

    /// The exit status, or 128 + the signal that ended it; nil while it runs.
    var status: Int32? {
        ended.with { ended in
            if ended == nil {
                var raw: Int32 = 0
                if waitpid(processID, &raw, WNOHANG) == processID {
                    ended = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
                }
            }
            return ended
        }
    }

    func signal(_ number: Int32) {
        // Not after the end: the id may be another's by then.
        ended.with { if $0 == nil { _ = kill(processID, number) } }
    }

    func waitForEnd(seconds: Double) throws -> Int32 {
        do {
            try Wait.until("the end of process \(processID)", seconds: seconds) { status != nil }
        } catch {
            signal(SIGKILL)
            throw error
        }
        return status ?? -1
    }
}

/// Programs run to their end.
enum Subprocess {
    struct Outcome {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// The environment that programs under test get: nothing of the tester's but what every login has.
    static func environment() throws -> [String: String] {
        ["PATH": try "\(Places.programs()):/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"]
    }

    static func run(
        _ path: String, _ arguments: [String], environment: [String: String]? = nil, folder: String? = nil,
        timeoutSeconds: Double
    ) throws -> Outcome {
        let place = try TemporaryFolder()
        let process = try ChildProcess(
            path, arguments, environment: environment ?? ["PATH": "/usr/local/bin:/usr/bin:/bin"], folder: folder,
            input: nil, outputPath: "\(place.path)/out", errorsPath: "\(place.path)/err")
        let status = try process.waitForEnd(seconds: timeoutSeconds)
        return Outcome(
            status: status, output: try Files.bytes("\(place.path)/out"), errors: Files.text("\(place.path)/err"))
    }
}
