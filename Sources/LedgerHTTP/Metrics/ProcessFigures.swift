import Glibc

/// What the system says of this process, under the names that Prometheus' own libraries give it.
struct ProcessFigures {
    var openDescriptors: UInt64?
    var maxDescriptors: UInt64?
    var residentBytes: UInt64?
    var virtualBytes: UInt64?
    var cpuNanoseconds: UInt64?
    var startSeconds: UInt64?

    /// The figures now; what the system does not say is nil.
    static func now() -> ProcessFigures {
        var figures = ProcessFigures()
        figures.openDescriptors = openDescriptors()
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 {
            figures.maxDescriptors = UInt64(limit.rlim_cur)
        }
        let ticks = UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))
        let page = UInt64(max(1, sysconf(Int32(_SC_PAGESIZE))))
        // The name may hold anything, parentheses too; the numbers begin behind its last one. See proc(5).
        if let stat = text("/proc/self/stat"), let end = stat.lastIndex(of: ")") {
            let fields = stat[stat.index(after: end)...].split(separator: " ").map { UInt64($0) }
            if fields.count > 21 {
                if let user = fields[11], let system = fields[12] {
                    figures.cpuNanoseconds = (user + system) * (1_000_000_000 / ticks)
                }
                figures.startSeconds = fields[19].flatMap { start in bootSeconds().map { $0 + start / ticks } }
                figures.virtualBytes = fields[20]
                figures.residentBytes = fields[21].map { $0 * page }
            }
        }
        return figures
    }

    private static func openDescriptors() -> UInt64? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count: UInt64 = 0
        while readdir(folder) != nil { count += 1 }
        // The folder itself, its parent, and the descriptor that reads it.
        return count > 3 ? count - 3 : 0
    }

    private static func bootSeconds() -> UInt64? {
        let line = text("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { UInt64($0.dropFirst(6)) }
    }

    private static func text(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

extension MetricsText {
    mutating func add(_ figures: ProcessFigures) {
        family("process_open_fds", .gauge, "Open file descriptors.")
        if let value = figures.openDescriptors { sample(value) }
        family("process_max_fds", .gauge, "The most file descriptors that may be open.")
        if let value = figures.maxDescriptors { sample(value) }
        family("process_resident_memory_bytes", .gauge, "Resident memory, the read pages of the maps included.")
        if let value = figures.residentBytes { sample(value) }
        family("process_virtual_memory_bytes", .gauge, "Address space; the maps take most of it.")
        if let value = figures.virtualBytes { sample(value) }
        family("process_cpu_seconds_total", .counter, "Processor time of user and system.")
        if let value = figures.cpuNanoseconds { sample(nanoseconds: value) }
        family("process_start_time_seconds", .gauge, "When the process began, Unix time.")
        if let value = figures.startSeconds { sample(value) }
    }
}
