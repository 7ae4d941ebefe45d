import Glibc

extension DaemonProcess {
    /// What the kernel has counted for the daemon until now.
    struct Usage {
        /// Memory that no file backs, in the machine or swapped out.
        var anonymousBytes = 0
        /// Time on a core, in user mode and in the kernel.
        var cpuSeconds = 0.0
        /// Bytes that it caused to be written to the disk; nil where the kernel does not tell.
        var writtenBytes: Int?
    }

    func usage() -> Usage {
        var usage = Usage()
        let status = "/proc/\(process.pid)/status"
        usage.anonymousBytes =
            ((Self.number("RssAnon:", in: status) ?? 0) + (Self.number("VmSwap:", in: status) ?? 0)) * 1_024
        usage.writtenBytes = Self.number("write_bytes:", in: "/proc/\(process.pid)/io")
        let text = ChildProcess.text(of: "/proc/\(process.pid)/stat")
        // The name in parentheses may hold spaces: fields are counted behind it. User time is the 12th, kernel's the next.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
        if fields.count > 13, let user = Double(fields[12]), let kernel = Double(fields[13]) {
            usage.cpuSeconds = (user + kernel) / Double(sysconf(Int32(_SC_CLK_TCK)))
        }
        return usage
    }

    private static func number(_ key: String, in path: String) -> Int? {
        ChildProcess.text(of: path).split(separator: "\n").first { $0.hasPrefix(key) }?.split(separator: " ").lazy
            .flatMap { $0.split(separator: "\t") }.compactMap { Int($0) }.first
    }
}
