import Foundation

/// Where things are.
enum Places {
    /// The package's root.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder with the golden histories and the corpus, which not every checkout has beside it.
    static let shared: URL = {
        if let path = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SHARED"] {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        return root.deletingLastPathComponent().appendingPathComponent("shared", isDirectory: true)
    }()

    static var hasShared: Bool { FileManager.default.fileExists(atPath: shared.path) }

    /// The folder of the release programs.
    static func programs() throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let folder =
            environment["CAMPAIGN_LEDGER_BIN"] ?? root.appendingPathComponent(".build/release").path
        for name in ["campaignd", "campaignctl"] {
            guard FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") else {
                throw SystemFailure(
                    """
                    there is no \(name) in \(folder): run scripts/test, or build it with `swift build -c release \
                    --product \(name)` and set CAMPAIGN_LEDGER_BIN to the folder that it is in
                    """)
            }
        }
        return folder
    }

    static func program(_ name: String) throws -> String {
        try "\(programs())/\(name)"
    }
}

/// A folder that is gone with its owner. Its path is short: a socket's path has at most 107 bytes.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/ledger-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemFailure("no temporary folder: errno \(errno)") }
        path = String(cString: made)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Files as bytes.
enum Files {
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    }

    static func text(_ path: String) -> String {
        (try? Data(contentsOf: URL(fileURLWithPath: path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    static func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: path)
    }

    static func copy(_ path: String, to copy: String) throws {
        // Sparse: LMDB's file has more length than content.
        let result = try Subprocess.run("/bin/cp", ["-a", "--sparse=always", path, copy], timeoutSeconds: 60)
        try require(result.status == 0, "cp \(path) \(copy): \(result.errors)")
    }

    /// The permission bits.
    static func mode(_ path: String) throws -> Int {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw SystemFailure("\(path): errno \(errno)") }
        return Int(status.st_mode & 0o7777)
    }
}
