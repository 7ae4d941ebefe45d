import Foundation
import Glibc

/// A release `campaignd` with its socket; killed with its owner, if it still runs.
final class DaemonProcess: Sendable {
    let dataPath: String
    let socketPath: String
    let errorsPath: String
    let process: ChildProcess

    /// Starts the daemon, without waiting for it.
    /// - Parameter folder: Holds `data/`, the socket's own folder `run/` and what the daemon says.
    init(starting folder: String, data: String? = nil, arguments: [String] = ["--policy", "none"]) throws {
        dataPath = data ?? "\(folder)/data"
        socketPath = "\(folder)/run/campaignd.sock"
        errorsPath = "\(folder)/campaignd.log"
        process = try ChildProcess(
            Places.program("campaignd"), ["--data", dataPath, "--socket", socketPath] + arguments,
            environment: Subprocess.environment(), folder: folder, input: nil, outputPath: "\(folder)/campaignd.out",
            errorsPath: errorsPath)
    }

    /// Starts the daemon and waits until it is ready.
    convenience init(_ folder: String, data: String? = nil, arguments: [String] = ["--policy", "none"]) throws {
        try self.init(starting: folder, data: data, arguments: arguments)
        try waitUntilReady()
    }

    deinit {
        if process.status == nil {
            process.signal(SIGKILL)
            _ = try? process.waitForEnd(seconds: 10)
        }
    }

    /// What the daemon said on standard error, its end.
    var said: String {
        String(Files.text(errorsPath).suffix(4_000))
    }

    func waitUntilReady(seconds: Double = 60) throws {
        do {
            try Wait.until("/readyz of \(socketPath)", seconds: seconds) {
                if let status = process.status { throw SystemFailure("campaignd ended with status \(status)") }
                guard let connection = try? HTTPConnection(socketPath, timeoutSeconds: 5) else { return false }
                try connection.send(HTTPRequest("GET", "/readyz").bytes)
                return (try? connection.receive())?.status == 200
            }
        } catch {
            throw SystemFailure("\(error); it said:\n\(said)")
        }
    }

    func client(timeoutSeconds: Int = 60) -> HTTPClient {
        HTTPClient(socketPath, timeoutSeconds: timeoutSeconds)
    }

    /// Ends it with SIGTERM; it has to exit 0.
    func stop(seconds: Double = 30) throws {
        process.signal(SIGTERM)
        let status = try process.waitForEnd(seconds: seconds)
        try require(status == 0, "campaignd ended with status \(status) after SIGTERM; it said:\n\(said)")
    }

    /// Ends it as a crash does.
    func kill() throws {
        process.signal(SIGKILL)
        _ = try process.waitForEnd(seconds: 10)
    }

    /// Memory that is the daemon's own, in bytes: pages of the memory maps are the kernel's to take back.
    var anonymousBytes: Int { kernelBytes("RssAnon:") }

    /// The most memory it ever had, maps included, in bytes.
    var peakBytes: Int { kernelBytes("VmHWM:") }

    private func kernelBytes(_ field: String) -> Int {
        for line in Files.text("/proc/\(process.processID)/status").split(separator: "\n") where line.hasPrefix(field) {
            return (Int(line.split(whereSeparator: \.isWhitespace)[1]) ?? 0) << 10
        }
        return .max
    }

    /// How many descriptors the daemon holds.
    var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processID)/fd").count) ?? 0
    }
}
