import FoundationEssentials
import Glibc

/// Counts what a daemon does over its whole life.
struct CostTools {
    /// Checkpoints by size alone, so that a slow machine makes no more of them than a fast one; small enough that even the
    /// short form has several. Maps of a size that valgrind has room for.
    static let environment: [String: String] = {
        var settings = [
            "CHECKPOINT_MILLISECONDS": "60000", "CHECKPOINT_BYTES_MAX": "\(1 << 20)",
            "INDEX_CHECKPOINT_EVENTS": "20000",
        ]
        for map in ["LOG_MAP_BYTES", "LOG_MAP_BYTES_MAX", "VIEWS_MAP_BYTES_MAX", "INDEX_MAP_BYTES_MAX"] {
            settings[map] = "\(1 << 30)"
        }
        return Dictionary(uniqueKeysWithValues: settings.map { ("CAMPAIGN_LEDGER_LEDGER_" + $0, $1) })
    }()

    let executable: String
    let allocationCounter: String
    let folder: WorkFolder

    /// A way to count, of one life of a daemon: each by itself, since some change what others count.
    enum Tool: CaseIterable {
        case preload, strace, callgrind

        var counters: [CostCounter] {
            switch self {
            case .preload: [.allocations, .writtenBytes]
            case .strace: [.systemCalls]
            case .callgrind: [.instructions]
            }
        }

        /// Whether the Debian packages are there.
        var isInstalled: Bool {
            switch self {
            case .preload: true
            case .strace: CostTools.isInstalled("strace")
            case .callgrind: CostTools.isInstalled("valgrind") && CostTools.isInstalled("strip")
            }
        }
    }

    /// Starts a daemon whose costs are counted.
    func start(_ tool: Tool, data: String) throws -> DaemonProcess {
        var options = DaemonProcess.Options(environment: Self.environment)
        try? FileManager.default.removeItem(atPath: countFile)
        var program = executable
        switch tool {
        case .preload:
            options.environment["ALLOCATION_COUNTER_FILE"] = countFile
            options.environment["LD_PRELOAD"] = allocationCounter
        case .strace: options.under = ["strace", "-D", "-f", "-c", "-U", "calls,name", "-o", countFile]
        case .callgrind:
            options.environment["LD_PRELOAD"] = allocationCounter
            options.under = ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + countFile]
            program = try strippedExecutable()
        }
        return try DaemonProcess(program, data: data, folder: folder, options: options)
    }

    /// What was counted, after the daemon has ended.
    func counts(_ tool: Tool, _ ended: ChildProcess.Ended) throws -> [CostCounter: Double] {
        switch tool {
        case .preload:
            let bytes = (try? Data(contentsOf: URL(filePath: countFile))) ?? Data()
            guard bytes.count == 16 else { throw BenchmarkFault("The allocations were not counted: no \(countFile).") }
            return [
                .allocations: Double(bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }),
                .writtenBytes: Double(ended.writtenBytes),
            ]
        case .strace:
            return [.systemCalls: try Self.number(of: countFile, line: { $0.hasSuffix(" total") }, field: 0)]
        case .callgrind:
            return [.instructions: try Self.number(of: countFile, line: { $0.hasPrefix("totals: ") }, field: 1)]
        }
    }

    private var countFile: String { folder.path + "/count" }

    /// Debian's valgrind cannot read the debugging information of Swift.
    private func strippedExecutable() throws -> String {
        let path = folder.path + "/campaignd-stripped"
        if access(path, X_OK) != 0 {
            _ = try ChildProcess.output(["strip", "--strip-debug", "-o", path, executable], folder: folder.path)
        }
        return path
    }

    /// A number in a file that a tool may still be writing: it outlives the daemon a little.
    private static func number(of path: String, line: (Substring) -> Bool, field: Int) throws -> Double {
        let watch = Stopwatch()
        while watch.seconds < 10 {
            if let found = ChildProcess.text(of: path).split(separator: "\n").first(where: line) {
                let fields = found.split(separator: " ")
                if fields.count > field, let number = Double(fields[field]) { return number }
            }
            usleep(10_000)
        }
        throw BenchmarkFault("Nothing was counted: see \(path).")
    }

    fileprivate static func isInstalled(_ program: String) -> Bool {
        (getenv("PATH").map { String(cString: $0) } ?? "/usr/bin").split(separator: ":")
            .contains { access($0 + "/" + program, X_OK) == 0 }
    }
}
