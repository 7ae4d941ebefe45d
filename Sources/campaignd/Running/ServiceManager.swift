import Glibc
import Synchronization

/// What systemd is told, over the socket that it names in `NOTIFY_SOCKET`. Silent where there is none.
struct ServiceManager: Sendable {
    private let path: String?
    private let state = SendingState()
    /// How often the watchdog wants a sign of life, in nanoseconds; nil when it wants none.
    let watchdogNanoseconds: UInt64?

    init(environment: [String: String]) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isMine = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        // Half of the bound, as systemd recommends.
        watchdogNanoseconds =
            isMine ? environment["WATCHDOG_USEC"].flatMap { UInt64($0) }.map { $0.clamped * 500 } : nil
    }

    /// The daemon takes connections.
    func ready(_ status: String) {
        state.isReady.store(true, ordering: .relaxed)
        tell("READY=1\nSTATUS=\(Self.line(status))")
    }

    /// The start goes on: it may take so much longer.
    func starting(_ status: String, secondsMore: UInt64) {
        tell("EXTEND_TIMEOUT_USEC=\(secondsMore * 1_000_000)\nSTATUS=\(Self.line(status))")
    }

    func status(_ status: String) {
        tell("STATUS=\(Self.line(status))")
    }

    /// The daemon stops, within so many seconds.
    func stopping(secondsMax: Int) {
        state.isReady.store(false, ordering: .relaxed)
        tell("STOPPING=1\nEXTEND_TIMEOUT_USEC=\(secondsMax * 1_000_000)\nSTATUS=stopping")
    }

    /// Tells that a reload begins and ends; before the daemon is ready, and when it stops, that is nobody's affair.
    func whileReloading(_ body: () -> Void) {
        guard state.isReady.load(ordering: .relaxed) else { return body() }
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1000
        tell("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
        body()
        if state.isReady.load(ordering: .relaxed) { tell("READY=1") }
    }

    /// A status is one line.
    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 })
    }

    /// How long a manager that has stopped reading is waited for, in seconds.
    private static let sendSecondsMax = 2

    /// Sends a state such as `READY=1`. A manager that does not listen is no reason not to serve.
    func tell(_ state: String) {
        guard let path else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // A manager that has stopped reading must not hold up the daemon.
        var bound = timeval(tv_sec: Self.sendSecondsMax, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // An at sign stands for the zero byte of an abstract name.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        var text = state
        text.withUTF8 { bytes in
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = sendto(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
                }
            }
        }
    }
}

/// What was said before.
private final class SendingState: Sendable {
    let isReady = Atomic<Bool>(false)
}

extension UInt64 {
    /// At most a day in microseconds: what is longer is no watchdog.
    fileprivate var clamped: UInt64 { Swift.min(self, 86_400_000_000) }
}
