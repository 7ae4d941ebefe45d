import Glibc

/// What systemd is told, over the socket that it names in `NOTIFY_SOCKET`. Silent where there is none.
struct ServiceManager: Sendable {
    private let path: String?
    /// How often the watchdog wants a sign of life, in nanoseconds; nil when it wants none.
    let watchdogNanoseconds: UInt64?

    init(environment: [String: String]) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isMine = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        // Half of the bound, as systemd recommends.
        watchdogNanoseconds =
            isMine ? environment["WATCHDOG_USEC"].flatMap { UInt64($0) }.map { $0.clamped * 500 } : nil
    }

    /// Sends a state such as `READY=1`. A manager that does not listen is no reason not to serve.
    func tell(_ state: String) {
        guard let path else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
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

extension UInt64 {
    /// At most a day in microseconds: what is longer is no watchdog.
    fileprivate var clamped: UInt64 { Swift.min(self, 86_400_000_000) }
}
