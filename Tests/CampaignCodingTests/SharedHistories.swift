import Foundation

/// The histories of the folder `../shared` beside the package; tests that need them are skipped where it is absent.
enum SharedHistories {
    static let folder: URL? = {
        let environment = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SHARED"]
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url =
            environment.map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: url.path) ? url : nil
    }()

    static var isPresent: Bool { folder != nil }

    static func golden() throws -> [(name: String, text: [UInt8])] {
        guard let golden = folder?.appending(path: "golden") else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: golden.path).filter { $0.hasSuffix(".ndjson") }
            .sorted()
            .map { ($0, Array(try Data(contentsOf: golden.appending(path: $0)))) }
    }

    static func corpus() throws -> [UInt8] {
        guard let file = folder?.appending(path: "data/instagram-corpus.ndjson.gz") else { return [] }
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gunzip", "-c", file.path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    /// Requests of at most `count` lines.
    static func requests(_ text: [UInt8], of count: Int) -> [[UInt8]] {
        var requests: [[UInt8]] = []
        var start = 0
        var lines = 0
        for (index, byte) in text.enumerated() where byte == 0x0A {
            lines += 1
            if lines == count {
                requests.append(Array(text[start...index]))
                start = index + 1
                lines = 0
            }
        }
        if start < text.count { requests.append(Array(text[start...])) }
        return requests
    }
}
