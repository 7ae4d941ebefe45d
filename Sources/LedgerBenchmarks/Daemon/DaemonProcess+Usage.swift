import FoundationEssentials
import Glibc

extension DaemonProcess {
    /// What the kernel has counted for the daemon.
    struct Usage {
        /// Memory that no file backs, now.
        var anonymousBytes = 0
        /// Time on a core, in user mode and in the kernel.
        var cpuSeconds = 0.0
        /// Bytes that it caused to be written to the disk; nil where the kernel does not tell.
        var writtenBytes: Int?
    }

    func usage() -> Usage { Self.usage(of: pid) }

    static func usage(of pid: pid_t) -> Usage {
        var usage = Usage()
        usage.anonymousBytes = (number("RssAnon:", in: "/proc/\(pid)/status") ?? 0) * 1_024
        usage.writtenBytes = number("write_bytes:", in: "/proc/\(pid)/io")
        let text = text("/proc/\(pid)/stat")
        // The name in parentheses may hold spaces: fields are counted behind it. User time is the 12th, kernel's the next.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        if fields.count > 13, let user = Double(fields[12]), let kernel = Double(fields[13]) {
            usage.cpuSeconds = (user + kernel) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
        return usage
    }

    private static func number(_ key: String, in path: String) -> Int? {
        text(path).split(separator: "\n").first { $0.hasPrefix(key) }?.split(separator: " ").lazy
            .flatMap { $0.split(separator: "\t") }.compactMap { Int($0) }.first
    }

    static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}
