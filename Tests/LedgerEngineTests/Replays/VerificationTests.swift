import CampaignCoding
import EventLog
import Foundation
import LedgerStore
import Synchronization
import Testing

@testable import LedgerEngine

/// Verification finds what is wrong, says what and where, and finds nothing in a sound ledger.
@Suite struct VerificationTests {
    /// A ledger of a simulated programme, closed, with its directory to be damaged.
    static func ledger(events: Int = 1200) async throws -> TestLedger {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 5, events: events), by: 300)
        test.ledger.close()
        return test
    }

    /// Verifies a closed ledger's directory without a ledger.
    static func verify(_ path: String) throws -> (result: VerificationResult, findings: [ReplayFinding]) {
        let log = try LMDBLogStorage(readOnly: "\(path)/log", isAlone: true)
        let views = try LMDBViewStorage(alone: "\(path)/views", viewsVersion: ViewKeys.rowsVersion, ledger: mark(path))
        let index = try LMDBIndexStorage(alone: "\(path)/index", ledger: mark(path))
        let progress = Replay.progress()
        defer { _ = (log.close(), views.close(), index.close()) }
        let result = try Verification(
            log: log, views: views, index: index, tables: CatalogueTables(), workDirectory: "\(path)/verify.work",
            progress: progress
        ).run()
        return (result, progress.now.findings)
    }

    static func mark(_ path: String) throws -> UInt64 {
        try #require(try LedgerMarker.read(directory: path)).foldMark
    }

    /// Flips a bit of bytes that lie in a file, everywhere: some of their places may be those of freed pages.
    static func flip(_ wanted: [UInt8], at offset: Int, in path: String) throws {
        var file = try Data(contentsOf: URL(fileURLWithPath: path))
        var rest = file.startIndex..<file.endIndex
        var places: [Int] = []
        while let found = file.range(of: Data(wanted), in: rest) {
            places.append(found.lowerBound + offset)
            rest = found.upperBound..<file.endIndex
        }
        try #require(!places.isEmpty, "the bytes are not in \(path)")
        for place in places { file[place] ^= 4 }
        try file.write(to: URL(fileURLWithPath: path))
    }

    static func recordBytes(_ path: String, at position: UInt64) throws -> [UInt8] {
        let log = try LMDBLogStorage(readOnly: "\(path)/log", isAlone: true)
        defer { log.close() }
        return try #require(try log.withRecord(at: Position(position)) { Array($0.bytes) })
    }

    /// A row of the views with some bytes.
    static func row(_ path: String, startingWith prefix: UInt8) throws -> (key: [UInt8], value: [UInt8]) {
        let views = try LMDBViewStorage(alone: "\(path)/views", viewsVersion: ViewKeys.rowsVersion, ledger: mark(path))
        defer { views.close() }
        var found: ([UInt8], [UInt8])?
        try withUnsafeBytes(of: prefix) { (from) throws(StoreError) in
            try views.snapshot().scanRows(from: from) { row in
                found = (Array(row.key), Array(row.value))
                return row.value.count > 100 ? .stop : .proceed
            }
        }
        return try #require(found)
    }

    /// Writes a directory's folds by another hand.
    static func withFolds(
        _ path: String, _ body: (LMDBViewStorage, LMDBIndexStorage) throws -> Void
    ) throws {
        let views = try LMDBViewStorage(
            path: "\(path)/views", viewsVersion: ViewKeys.rowsVersion, ledger: mark(path), mapSizeBytes: 1 << 30)
        let index = try LMDBIndexStorage(
            path: "\(path)/index", ledger: mark(path), mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
        defer { _ = (views.close(), index.close()) }
        try body(views, index)
    }

    static func withLog(_ path: String, _ body: (LMDBLogStorage) throws -> Void) throws {
        let log = try LMDBLogStorage(readOnly: "\(path)/log", isAlone: true)
        defer { log.close() }
        try body(log)
    }

    @Test func `a sound ledger is sound, and nothing but its work directory is touched meanwhile`() async throws {
        let test = try await Self.ledger()
        let before = try Self.files(test.path)
        let (result, findings) = try Self.verify(test.path)
        #expect(findings == [])
        #expect(result.isSound && result.records == 1200 && result.position == Position(1200))
        #expect(result.readModels.map(\.name) == ["views", "index"])
        for model in result.readModels {
            #expect(model.sha256 == model.expectedSHA256 && model.sha256.count == 64 && model.rows > 0)
            #expect(model.position == Position(1200))
        }
        #expect(try Self.files(test.path) == before)
    }

    static func files(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            files[name] = (try? Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))) ?? Data()
        }
        return files
    }

    @Test func `a serving ledger is verified too, and is no longer marked as unverified`() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 6, events: 600), by: 300)
        _ = try await test.ledger.viewsDigest()
        try UnverifiedMark.set(test.path, text: "restored\n")
        let ledger = test.ledger
        let progress = Replay.progress()
        let result = try await Replay.onThread { try VerifyWork().run(ledger, progress) }
        #expect(progress.now.findings == [])
        #expect(result.isSound)
        #expect(try !UnverifiedMark.isSet(test.path))
        #expect(!FileManager.default.fileExists(atPath: "\(test.path)/verify.work"))
    }

    @Test func `a flipped bit in a record is named by its position`() async throws {
        let test = try await Self.ledger()
        let bytes = try Self.recordBytes(test.path, at: 700)
        try Self.flip(bytes, at: bytes.count - 20, in: "\(test.path)/log/data.mdb")
        let (result, findings) = try Self.verify(test.path)
        #expect(findings.map(\.kind) == [.damaged] && findings.map(\.place) == [.log])
        #expect(findings.first?.position == Position(700))
        #expect(!result.isSound && result.records == 1199)
    }

    @Test func `a flipped bit in a row is named by the row`() async throws {
        let test = try await Self.ledger()
        let row = try Self.row(test.path, startingWith: ViewKeys.influencer)
        try Self.flip(row.value, at: row.value.count / 2, in: "\(test.path)/views/data.mdb")
        let (result, findings) = try Self.verify(test.path)
        #expect(findings.map(\.kind) == [.damaged] && findings.map(\.place) == [.views])
        #expect(findings.first?.subject == ViewKeys.name(ofRow: row.key))
        #expect(!result.isSound)
    }

    @Test func `a flipped bit in an index is named by its index and segment`() async throws {
        let test = try await Self.ledger()
        let bytes = try Self.recordBytes(test.path, at: 300)
        let key = bytes.withUnsafeBytes { RecordView(unchecked: $0).identityHash.high }
        try Self.flip(withUnsafeBytes(of: key.littleEndian) { Array($0) }, at: 9, in: "\(test.path)/index/data.mdb")
        let (result, findings) = try Self.verify(test.path)
        #expect(findings.map(\.kind) == [.damaged] && findings.map(\.place) == [.index])
        #expect(findings.first?.text.contains("identities") == true && findings.first?.text.contains("segment") == true)
        #expect(!result.isSound)
    }

    @Test func `a row too many and a row that is longer are named, and the wrong position`() async throws {
        let test = try await Self.ledger()
        let row = try Self.row(test.path, startingWith: ViewKeys.influencer)
        try Self.withFolds(test.path) { views, _ in
            try Array("izz-nobody".utf8).withUnsafeBytes { key in
                try views.checkpoint(rows: OneRow(key: key, value: [1, 2, 3]), position: Position(1201))
            }
            try row.key.withUnsafeBytes { key in
                try views.checkpoint(rows: OneRow(key: key, value: [9]), position: Position(1202))
            }
        }
        let (result, findings) = try Self.verify(test.path)
        #expect(findings.contains { $0.kind == .surplus && $0.subject == "influencer/zz-nobody" })
        #expect(findings.contains { $0.kind == .different && $0.subject == ViewKeys.name(ofRow: row.key) })
        #expect(findings.contains { $0.kind == .wrongPosition && $0.place == .views && $0.position == Position(1202) })
        #expect(findings.count == 3 && !result.isSound)
    }

    @Test func `rows and entries that are missing are named, and read models that skipped an event`() async throws {
        let test = try await Self.ledger(events: 600)
        try Self.withFolds(test.path) { views, index in
            // As if the newest event had been skipped: folded to the one before it, and noted as done.
            let log = try LMDBLogStorage(readOnly: "\(test.path)/log", isAlone: true)
            defer { log.close() }
            try views.reset()
            try index.reset()
            let progress = Replay.progress()
            try FoldBeside(log: log, views: views, tables: CatalogueTables(), progress: progress)
                .fold(through: Position(20))
            try IndexBeside(log: log, index: index, progress: progress).fold(through: Position(599))
            try [UInt8](repeating: 0x69, count: 1).withUnsafeBytes { key in
                try views.checkpoint(rows: OneRow(key: key, value: []), position: Position(600))
            }
            try index.checkpoint(identity: [], stream: [], position: Position(600))
        }
        let (_, findings) = try Self.verify(test.path)
        let missing = findings.filter { $0.kind == .missing }
        #expect(missing.contains { $0.place == .views && $0.subject?.hasPrefix("influencer/") == true })
        #expect(missing.filter { $0.place == .index }.map(\.position) == [Position(600), Position(600)])
        let wrong = findings.filter { $0.kind == .wrongPosition }
        #expect(wrong.map(\.place) == [.views, .index] && wrong.allSatisfy { $0.position == Position(600) })
        #expect(wrong.first?.text.contains("of 20") == true)
    }

    @Test func `an identity that was recorded twice, a stream that is not the event's, and time that goes back`()
        async throws
    {
        let test = try await Self.ledger(events: 300)
        let log = try LMDBLogStorage(path: "\(test.path)/log", mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
        let first = try #require(try log.withRecord(at: Position(40)) { Array($0.bytes) })
        var builder = RecordBatchBuilder(first: Position(301))
        first.withUnsafeBytes { _ = builder.append($0, recordedTime: 5) }
        var moved = first
        let stream = first.withUnsafeBytes { RecordView(unchecked: $0).streamName }
        let subject = first.withUnsafeBytes { bytes in
            let record = RecordView(unchecked: bytes)
            return (record.subjectID.baseAddress ?? bytes.baseAddress).map { $0 - (bytes.baseAddress ?? $0) } ?? 0
        }
        moved[subject] ^= 1
        moved[RecordFormat.headerSizeBytes] ^= 1
        _ = moved.withUnsafeMutableBytes { RecordView.seal(record: $0, recordedTime: 0) }
        moved.withUnsafeBytes { _ = builder.append($0, recordedTime: 5) }
        try log.append(builder.finish())
        log.close()
        let (_, findings) = try Self.verify(test.path)
        let ofLog = findings.filter { $0.place == .log }
        #expect(ofLog.contains { $0.kind == .surplus && $0.position == Position(301) }, "the identity")
        #expect(ofLog.contains { $0.kind == .different && $0.position == Position(301) }, "the time")
        #expect(
            ofLog.contains { $0.kind == .different && $0.position == Position(302) && $0.subject != stream },
            "the stream")
    }

    @Test func `a log alone is verified, as that of a backup`() async throws {
        let test = try await Self.ledger(events: 300)
        let log = try LMDBLogStorage(readOnly: "\(test.path)/log", isAlone: true)
        defer { log.close() }
        let progress = Replay.progress()
        let result = try Verification(
            log: log, views: nil, index: nil, tables: CatalogueTables(), workDirectory: "\(test.path)/verify.work",
            progress: progress
        ).run()
        #expect(result.isSound && result.records == 300 && result.readModels == [])
    }

    @Test func `a verification that is called off leaves no work directory`() async throws {
        let test = try await Self.ledger(events: 300)
        let log = try LMDBLogStorage(readOnly: "\(test.path)/log", isAlone: true)
        defer { log.close() }
        let progress = ReplayProgress(pace: ReplayPace(sharePercent: 1))
        progress.cancel()
        #expect(throws: ReplayFault.cancelled) {
            // No piece of so short a log takes as long as a slice: what is written is a reason to rest.
            try Verification(
                log: log, views: nil, index: nil, tables: CatalogueTables(), workDirectory: "\(test.path)/verify.work",
                progress: progress
            ).run()
        }
        #expect(!FileManager.default.fileExists(atPath: "\(test.path)/verify.work"))
    }

    @Test func `a verification can be called off while it compares, however short that is`() async throws {
        let test = try TestLedger()
        _ = await test.post(TestProgramme.lines(seed: 6, events: 300).filter { !$0.contains("event.retracted") })
        let seen = ProgressHolder()
        let progress = ReplayProgress(pace: ReplayPace.unlimited(cores: 1)) { _ in
            seen.progress.withLock { progress in
                if let progress, progress.now.phase == .compare { progress.cancel() }
            }
        }
        seen.progress.withLock { $0 = progress }
        #expect(throws: ReplayFault.cancelled) { try VerifyWork().run(test.ledger, progress) }
        #expect(progress.now.phase == .compare)
        seen.progress.withLock { $0 = nil }
    }

    private final class ProgressHolder: Sendable {
        let progress = Mutex<ReplayProgress?>(nil)
    }
}
