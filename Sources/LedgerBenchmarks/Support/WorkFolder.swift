import FoundationEssentials
import Glibc

/// A folder of one run: programme, data, socket, the daemon's log. The socket lies under `/tmp`, since its path may have
/// 107 bytes only.
struct WorkFolder {
    static let parentDefault = "/tmp"

    let path: String
    let socketFolder: String
    private let keeps: Bool

    init(under parent: String, keeps: Bool) throws {
        path = try Self.make(under: parent)
        socketFolder = try Self.make(under: "/tmp")
        self.keeps = keeps
    }

    var socket: String { socketFolder + "/campaignd.sock" }
    var daemonLog: String { path + "/campaignd.log" }

    /// The data directory of a ledger of this name.
    func data(_ name: String) -> String { path + "/" + name }

    /// Removes a folder below this one, with all that is in it.
    static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw BenchmarkFault("Cannot remove \(path): \(error). Remove it by hand.")
        }
    }

    /// Makes a folder that has nothing in it.
    static func makeEmpty(_ path: String) throws {
        try remove(path)
        guard mkdir(path, 0o700) == 0 else { throw BenchmarkFault.system("make the folder \(path)") }
    }

    /// Copies a folder below this one.
    static func copy(_ path: String, to other: String) throws {
        do {
            try FileManager.default.copyItem(atPath: path, toPath: other)
        } catch {
            throw BenchmarkFault("Cannot copy \(path) to \(other): \(error).")
        }
    }

    func remove() {
        // What stays behind is temporary files only.
        try? FileManager.default.removeItem(atPath: socketFolder)
        if !keeps {
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Bytes on disk below a folder: allocated blocks, so that holes do not count.
    static func allocatedBytes(_ path: String) -> Int {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return names.reduce(into: 0) { sum, name in
            var status = stat()
            if lstat(path + "/" + name, &status) == 0 {
                sum += Int(status.st_blocks) * 512
            }
        }
    }

    private static func make(under parent: String) throws -> String {
        var template = Array((parent + "/ledger-bench-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else {
            throw BenchmarkFault.system("make a folder in \(parent); choose another --directory")
        }
        // Whole, since mounts are told apart by it.
        guard let whole = realpath(template, nil) else { throw BenchmarkFault.system("find the folder in \(parent)") }
        defer { free(whole) }
        return String(cString: whole)
    }
}
