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

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
// Arrows point down only; `ArchitectureTests` holds every import against the same list.
let package = Package(
    name: "campaign-ledger",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // Bridges to C: nothing but the bridge.
        .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
        .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CChecksum"),

        // Pure: no input or output, no clock.
        .target(name: "CampaignDomain", swiftSettings: strict),
        .target(name: "EventLog", dependencies: ["CChecksum"], swiftSettings: strict),
        .target(
            name: "CampaignCoding", dependencies: ["CampaignDomain", "CSimdjson", "EventLog"], swiftSettings: strict),
        .target(name: "ProgrammeSimulator", swiftSettings: strict),

        // Storage: bytes in, bytes out.
        .target(name: "LMDB", dependencies: ["CLMDB"], swiftSettings: strict + [.strictMemorySafety()]),
        .target(name: "LedgerStore", dependencies: ["EventLog", "LMDB"], swiftSettings: strict),

        // Concurrency begins here.
        .target(
            name: "LedgerEngine",
            dependencies: ["CampaignCoding", "CampaignDomain", "EventLog", "LedgerStore", crypto, logging],
            swiftSettings: strict),

        .testTarget(name: "ArchitectureTests", swiftSettings: strict),
        .testTarget(name: "LMDBTests", dependencies: ["LMDB"], swiftSettings: strict),
        .testTarget(name: "EventLogTests", dependencies: ["EventLog", "CChecksum"], swiftSettings: strict),
        .testTarget(name: "LedgerStoreTests", dependencies: ["EventLog", "LedgerStore"], swiftSettings: strict),
        .testTarget(name: "CampaignDomainTests", dependencies: ["CampaignDomain"], swiftSettings: strict),
        .testTarget(
            name: "CampaignCodingTests", dependencies: ["CampaignCoding", "CampaignDomain", "EventLog"],
            swiftSettings: strict),
        .testTarget(
            name: "LedgerEngineTests",
            dependencies: [
                "CampaignCoding", "CampaignDomain", "EventLog", "LedgerEngine", "LedgerStore", "ProgrammeSimulator",
                logging,
            ], swiftSettings: strict),
        .testTarget(
            name: "ProgrammeSimulatorTests", dependencies: ["ProgrammeSimulator"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
