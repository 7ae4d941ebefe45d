import CampaignDomain
import EventLog
import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

/// What tests of replays share.
enum Replay {
    /// As fast as it goes, on one core.
    static func progress(cores: Int = 1) -> ReplayProgress {
        ReplayProgress(pace: .unlimited(cores: cores))
    }

    /// Runs what blocks on a thread of its own.
    static func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    static func rebuild(
        _ ledger: Ledger, _ progress: ReplayProgress = progress(), number: UInt64 = 1, isResuming: Bool = false
    ) async throws -> RebuildResult {
        try await onThread { try RebuildWork().run(ledger, progress, number: number, isResuming: isResuming) }
    }

    static func goBack(
        _ ledger: Ledger, _ progress: ReplayProgress = progress(), number: UInt64 = 1, isResuming: Bool = false
    ) async throws -> RebuildResult {
        try await onThread { try GoBackWork().run(ledger, progress, number: number, isResuming: isResuming) }
    }

    /// Opens a data directory without a ledger, for what its folds should hold.
    static func withDirectory(_ test: TestLedger, _ body: (LedgerDirectory) throws -> Void) throws {
        var options = LedgerDirectoryOptions(
            viewsVersion: test.configuration.rowsVersion, newLedgerIdentity: String(repeating: "0", count: 32))
        options.viewsMapSizeBytes = 8 << 30
        options.indexMapSizeBytes = 8 << 30
        let directory = try LedgerDirectory.open(path: test.path, options: options)
        defer { directory.close() }
        try body(directory)
    }
}

/// A checkpoint of one row.
struct OneRow: ViewPieces {
    let key: UnsafeRawBufferPointer
    let value: [UInt8]

    var count: Int { 1 }

    func key(at index: Int) -> UnsafeRawBufferPointer { key }
    func sizeBytes(at index: Int) -> Int { value.count }

    func write(at index: Int, into memory: UnsafeMutableRawPointer) {
        value.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: memory, count: value.count).copyMemory(from: $0) }
    }
}

extension TestLedger {
    /// Posts lines in requests of so many.
    func post(_ lines: [String], by count: Int) async {
        for start in stride(from: 0, to: lines.count, by: count) {
            let outcome = await post(Array(lines[start..<min(start + count, lines.count)]))
            #expect(outcome.receipt != nil, "\(outcome)")
        }
    }

    /// All influencers' answers at a position, as text.
    func answers(at position: Position) async throws -> [String] {
        var answers: [String] = []
        var next: String?
        repeat {
            let page = try await ledger.influencers(Query(position: position), after: next, limit: 100).value
            answers += page.items.map { "\($0.id) \($0.answer)" }
            next = page.next
        } while next != nil
        return answers
    }

    /// Closes it and makes the views anew with one wrong row at position 1 in the place of the log's first event.
    func spoilViews(key: String) throws {
        ledger.close()
        try FileManager.default.removeItem(atPath: path + "/views")
        try Replay.withDirectory(self) { directory in
            try Array(key.utf8).withUnsafeBytes {
                try directory.views.checkpoint(rows: OneRow(key: $0, value: []), position: Position(1))
            }
        }
        try reopen()
    }
}
