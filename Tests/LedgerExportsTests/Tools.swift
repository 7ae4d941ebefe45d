import Foundation

/// The accounting programs, where they are installed: Debian packages hledger, ledger, beancount, sqlite3 and python3.
enum Tools {
    struct Outcome {
        var status: Int32
        var text: String
    }

    static func path(_ name: String) -> String? {
        ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static func has(_ names: String...) -> Bool {
        names.allSatisfy { path($0) != nil }
    }

    /// Runs a program to its end; its outputs go to a file, so that none of them can fill a pipe.
    static func run(_ name: String, _ arguments: [String], in folder: Folder) throws -> Outcome {
        let output = folder.path + "/out-" + UUID().uuidString
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path(name) ?? "/nonexistent/" + name)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"]
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try handle.close()
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: output)), as: UTF8.self)
        return Outcome(status: process.terminationStatus, text: text)
    }
}

/// A folder that is gone with its owner.
final class Folder {
    let path: String

    init() throws {
        path = "/tmp/ledger-export-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, as name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}
