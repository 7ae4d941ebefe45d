// swift-tools-version: 6.2
import PackageDescription

// One list of strict settings for all targets: Swift 6 mode, warnings are errors, `any` is spelled, imports are
// internal unless they are part of a target's own interface.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { .product(name: $0, package: "swift-nio") }
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

// Arrows point down only; `ArchitectureTests` holds every import against the same list.
let package = Package(
    name: "campaign-ledger",
    products: [
        .executable(name: "campaignd", targets: ["campaignd"]),
        .executable(name: "campaignctl", targets: ["campaignctl"]),
        .executable(name: "ledger-bench", targets: ["LedgerBenchmarks"]),
        .executable(name: "lmdb-baseline", targets: ["LMDBBaseline"]),
        .library(name: "AllocationCounter", type: .dynamic, targets: ["AllocationCounter"]),
    ],
    dependencies: [
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Bridges to C: nothing but the bridge.
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CChecksum"),
        .target(name: "CProcessor"),
        .target(name: "CRename"),

        // Pure: no input or output, no clock.
        .target(name: "CampaignDomain", swiftSettings: strict),
        .target(name: "EventLog", dependencies: ["CChecksum"], swiftSettings: strict),
        .target(
            name: "CampaignCoding", dependencies: ["CampaignDomain", "CSimdjson", "EventLog"], swiftSettings: strict),
        .target(name: "ProgrammeSimulator", swiftSettings: strict),

        // Storage: bytes in, bytes out.
        .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: strict + [.strictMemorySafety()]),
        .target(
            name: "LedgerStore", dependencies: ["CProcessor", "CRename", "EventLog", "LMDB"], swiftSettings: strict),

        // Concurrency begins here.
        .target(
            name: "LedgerEngine",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "CProcessor", "EventLog", "LedgerStore", crypto, logging,
            ],
            swiftSettings: strict),

        // What is done to a ledger without its daemon: backup, restore, import.
        .target(
            name: "LedgerOperations",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "EventLog", "LedgerEngine", "LedgerStore", crypto, logging,
            ],
            swiftSettings: strict),

        // Files that operators write: YAML, with faults that name line and column.
        .target(name: "SettingsFiles", dependencies: ["CampaignDomain", yams], swiftSettings: strict),

        // The socket, both ends.
        .target(name: "LedgerAPI", swiftSettings: strict),
        .target(
            name: "LedgerHTTP",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "EventLog", "LedgerAPI", "LedgerEngine", hummingbird,
                httpTypes, lifecycle, logging,
            ] + nio,
            swiftSettings: strict),
        .target(name: "LedgerClient", dependencies: ["LedgerAPI"] + nio, swiftSettings: strict),
        .executableTarget(
            name: "campaignd",
            dependencies: [
                "CampaignDomain", "LedgerEngine", "LedgerHTTP", "SettingsFiles", argumentParser, configuration,
                lifecycle, logging, unixSignals, yams,
            ] + nio,
            swiftSettings: strict),
        // What the ledger holds, as files for other tools.
        .target(name: "LedgerExports", dependencies: ["LedgerAPI", grdb], swiftSettings: strict),
        // Answers as pages to look at: pure, HTML and SVG as text.
        .target(name: "LedgerReports", dependencies: ["LedgerAPI"], swiftSettings: strict),
        .executableTarget(
            name: "campaignctl",
            dependencies: [
                "CampaignDomain", "EventLog", "LedgerAPI", "LedgerClient", "LedgerEngine", "LedgerExports",
                "LedgerOperations", "LedgerReports", "ProgrammeSimulator", "SettingsFiles", argumentParser,
            ] + nio,
            swiftSettings: strict),

        // What scripts/bench runs. The baseline is C, and so is what counts a daemon's allocations from within.
        .executableTarget(
            name: "LedgerBenchmarks", dependencies: ["LedgerAPI", "ProgrammeSimulator", argumentParser, histogram],
            swiftSettings: strict),
        .executableTarget(
            name: "LMDBBaseline", linkerSettings: [.linkedLibrary("lmdb"), .linkedLibrary("pthread")]),
        .target(name: "AllocationCounter"),

        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        // A scripted server that the client's and the command line's tests share.
        .target(name: "StubDaemon", dependencies: nio, path: "Tests/StubDaemon", swiftSettings: strict),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB"], swiftSettings: strict),
        .testTarget(name: "EventLogTests", dependencies: ["EventLog", "CChecksum"], swiftSettings: strict),
        .testTarget(
            name: "LedgerStoreTests", dependencies: ["EventLog", "LedgerStore", "LMDB"], swiftSettings: strict),
        .testTarget(name: "CampaignDomainTests", dependencies: ["CampaignDomain"], swiftSettings: strict),
        .testTarget(
            name: "CampaignCodingTests",
            dependencies: ["CampaignCoding", "CampaignDomain", "CSimdjson", "EventLog", "ProgrammeSimulator"],
            swiftSettings: strict),
        .testTarget(
            name: "LedgerEngineTests",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "EventLog", "LedgerEngine", "LedgerStore", "ProgrammeSimulator",
                logging,
            ], swiftSettings: strict),
        .testTarget(
            name: "LedgerOperationsTests",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "EventLog", "LedgerEngine", "LedgerOperations", "LedgerStore",
                "ProgrammeSimulator", logging,
            ], swiftSettings: strict),
        .testTarget(
            name: "ProgrammeSimulatorTests", dependencies: ["ProgrammeSimulator"], swiftSettings: strict),
        .testTarget(name: "LedgerAPITests", dependencies: ["LedgerAPI"], swiftSettings: strict),
        .testTarget(
            name: "LedgerHTTPTests",
            dependencies: ["CampaignDomain", "LedgerAPI", "LedgerEngine", "LedgerHTTP", logging] + nio,
            swiftSettings: strict),
        .testTarget(
            name: "LedgerClientTests", dependencies: ["LedgerAPI", "LedgerClient", "StubDaemon"] + nio,
            swiftSettings: strict),
        .testTarget(
            name: "LedgerExportsTests", dependencies: ["LedgerAPI", "LedgerExports", grdb], swiftSettings: strict),
        .testTarget(
            name: "LedgerReportsTests", dependencies: ["LedgerAPI", "LedgerReports"], swiftSettings: strict),
        .testTarget(
            name: "CampaigndTests",
            dependencies: [
                "campaignd", "CampaignCoding", "CampaignDomain", "EventLog", "LedgerEngine", "LedgerHTTP",
                "LedgerStore", "SettingsFiles", logging,
            ] + nio,
            swiftSettings: strict),
        .testTarget(
            name: "CampaignctlTests",
            dependencies: [
                "campaignctl", "LedgerAPI", "LedgerClient", "LedgerExports", "LedgerOperations", "ProgrammeSimulator",
                "StubDaemon",
                argumentParser,
            ] + nio,
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "LedgerBenchmarksTests", dependencies: ["LedgerBenchmarks", "ProgrammeSimulator"],
            swiftSettings: strict),
        .testTarget(
            name: "SystemTests",
            dependencies: [
                "EventLog", "LedgerAPI", "LedgerClient", "LedgerEngine", "LedgerStore", "ProgrammeSimulator",
            ],
            exclude: ["Fixtures"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
