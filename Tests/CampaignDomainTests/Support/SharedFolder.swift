import Foundation

/// The folder of golden histories that is handed over beside the repository.
enum SharedFolder {
    /// `CAMPAIGN_LEDGER_SHARED`, else `../shared` beside the package.
    static let url: URL = {
        if let path = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SHARED"] {
            return URL(fileURLWithPath: path)
        }
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path + "/Package.swift") {
            folder.deleteLastPathComponent()
        }
        return folder.deletingLastPathComponent().appendingPathComponent("shared")
    }()

    static var golden: URL { url.appendingPathComponent("golden") }

    static var isThere: Bool {
        FileManager.default.fileExists(atPath: golden.appendingPathComponent("index.json").path)
    }
}
