import FoundationEssentials
import Glibc

/// Where it was measured.
struct Machine: Codable {
    var cores: Int
    var processor: String
    var memoryBytes: Int
    var kernel: String
    /// Type and device of the file system that holds the ledger.
    var fileSystem: String

    /// This machine, with the file system that holds `folder`.
    static func current(folder: String) -> Machine {
        var name = utsname()
        uname(&name)
        let release = withUnsafeBytes(of: &name.release) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let architecture = withUnsafeBytes(of: &name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return Machine(
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            processor: value(of: "model name", in: "/proc/cpuinfo") ?? architecture,
            memoryBytes: sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)),
            kernel: "Linux \(release) \(architecture)", fileSystem: fileSystem(of: folder))
    }

    /// The mount with the longest path that leads to the folder.
    private static func fileSystem(of folder: String) -> String {
        let mounts = ChildProcess.text(of: "/proc/self/mounts").split(separator: "\n").map { $0.split(separator: " ") }
        let holding = mounts.filter { fields in
            guard fields.count > 3 else { return false }
            let path = fields[1] == "/" ? "/" : fields[1] + "/"
            return (folder + "/").hasPrefix(path)
        }
        guard let mount = holding.max(by: { $0[1].utf8.count < $1[1].utf8.count }) else { return "unknown" }
        return "\(mount[2]) on \(mount[0]) (\(mount[3]))"
    }

    private static func value(of key: String, in path: String) -> String? {
        guard let line = ChildProcess.text(of: path).split(separator: "\n").first(where: { $0.hasPrefix(key) }),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        return String(line[line.index(after: colon)...].drop { $0 == " " })
    }
}
