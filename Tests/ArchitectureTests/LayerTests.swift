import Foundation
import Testing

/// Arrows point down only: what each target may import, of ours and of others. An import that is not listed fails.
@Suite struct LayerTests {
    /// What files may name one or another of, by platform.
    static let cLibraries: Set<String> = ["Darwin", "Glibc", "Musl"]

    static let allowedImports: [String: Set<String>] = [
        "CampaignDomain": [],
        "EventLog": ["CChecksum"],
        "CampaignCoding": cLibraries.union(["CampaignDomain", "CSimdjson", "EventLog"]),
        "ProgrammeSimulator": [],
        "LMDB": ["CLMDB", "Glibc"],
        "LedgerStore": ["CProcessor", "CRename", "EventLog", "LMDB", "Glibc", "Synchronization"],
        "LedgerEngine": [
            "CampaignCoding", "CampaignDomain", "CProcessor", "Crypto", "EventLog", "Glibc", "LedgerStore", "Logging",
            "Synchronization",
        ],
        "LedgerOperations": [
            "CampaignCoding", "CampaignDomain", "Crypto", "EventLog", "FoundationEssentials", "Glibc", "LedgerEngine",
            "LedgerStore", "Logging", "Synchronization",
        ],
        "SettingsFiles": ["CampaignDomain", "Glibc", "Yams"],
        "LedgerAPI": ["FoundationEssentials"],
        "LedgerHTTP": [
            "CampaignCoding", "CampaignDomain", "EventLog", "FoundationEssentials", "Glibc", "HTTPTypes",
            "Hummingbird", "LedgerAPI", "LedgerEngine", "Logging", "NIOCore", "NIOHTTP1", "NIOPosix",
            "ServiceLifecycle", "Synchronization",
        ],
        "LedgerClient": cLibraries.union(["FoundationEssentials", "LedgerAPI", "NIOCore", "NIOHTTP1", "NIOPosix"]),
        "LedgerExports": ["FoundationEssentials", "GRDB", "LedgerAPI"],
        "LedgerReports": ["LedgerAPI"],
        "campaignd": [
            "ArgumentParser", "CampaignDomain", "Configuration", "Dispatch", "Glibc", "LedgerEngine", "LedgerHTTP",
            "Logging", "NIOCore", "ServiceLifecycle", "SettingsFiles", "Synchronization", "UnixSignals", "Yams",
        ],
        "campaignctl": cLibraries.union([
            "ArgumentParser", "CampaignDomain", "Dispatch", "EventLog", "FoundationEssentials", "LedgerAPI",
            "LedgerClient", "LedgerEngine", "LedgerExports", "LedgerOperations", "LedgerReports", "NIOCore",
            "ProgrammeSimulator", "SettingsFiles", "Synchronization",
        ]),
        "LedgerBenchmarks": [
            "ArgumentParser", "FoundationEssentials", "Glibc", "Histogram", "LedgerAPI", "ProgrammeSimulator",
            "Synchronization",
        ],
    ]

    @Test("Every target of Sources is listed here", arguments: Set(Project.sources.map(\.target)).sorted())
    func everyTargetIsListed(target: String) {
        #expect(Self.allowedImports[target] != nil, "\(target): say in LayerTests what it may import")
    }

    @Test("No file imports against the direction of the layers", arguments: Project.sources)
    func importsFollowTheLayers(file: Project.SourceFile) {
        let allowed = Self.allowedImports[file.target] ?? []
        for (number, line) in file.lines.enumerated() {
            guard let module = Self.importedModule(line) else { continue }
            #expect(
                allowed.contains(module),
                "\(file.path):\(number + 1): \(file.target) must not import \(module); move the code to the layer that may"
            )
        }
    }

    /// The module of an import line; nil for any other line.
    static func importedModule(_ line: String) -> String? {
        var words = line.split(separator: " ").map(String.init)
        while let first = words.first, first.hasPrefix("@") || ["public", "package", "internal"].contains(first) {
            words.removeFirst()
        }
        guard words.first == "import", words.count >= 2 else { return nil }
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        let path = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
        return path.split(separator: ".").first.map(String.init)
    }

    @Test("An import against the direction is recognised in each of its forms")
    func importLinesAreRecognised() {
        #expect(Self.importedModule("import LMDB") == "LMDB")
        #expect(Self.importedModule("@testable import LMDB") == "LMDB")
        #expect(Self.importedModule("package import LedgerStore") == "LedgerStore")
        #expect(Self.importedModule("public import struct Foundation.Data") == "Foundation")
        #expect(Self.importedModule("// import LMDB") == nil)
        #expect(Self.importedModule("let important = 1") == nil)
    }
}
