import CampaignCoding
import EventLog
import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

/// What is damaged is found and named, while the ledger serves and without it.
@Suite struct VerificationDamageTests {
    private typealias Kit = VerificationTests

    enum Damage: CaseIterable, Sendable {
        case bitOfRecord, bitOfRow, bitOfIndex, missingRow, missingEntry, surplusRow, wrongPosition

        /// Damages a ledger that is closed.
        ///
        /// - Returns: what has to be found.
        func inflict(on path: String) throws -> (place: ReplayFinding.Place, kind: ReplayFinding.Kind, what: String) {
            switch self {
            case .bitOfRecord:
                let bytes = try Kit.recordBytes(path, at: 700)
                try Kit.flip(bytes, at: bytes.count - 20, in: "\(path)/log/data.mdb")
                return (.log, .damaged, "position 700")
            case .bitOfRow:
                let row = try Kit.row(path, startingWith: ViewKeys.influencer)
                try Kit.flip(row.value, at: row.value.count / 2, in: "\(path)/views/data.mdb")
                return (.views, .damaged, ViewKeys.name(ofRow: row.key))
            case .bitOfIndex:
                let bytes = try Kit.recordBytes(path, at: 300)
                let key = bytes.withUnsafeBytes { RecordView(unchecked: $0).identityHash.high }
                try Kit.flip(withUnsafeBytes(of: key.littleEndian) { Array($0) }, at: 9, in: "\(path)/index/data.mdb")
                return (.index, .damaged, "identities")
            case .missingRow:
                try skip(path, after: 20)
                return (.views, .missing, "influencer/")
            case .wrongPosition:
                try skip(path, after: 1199)
                return (.views, .wrongPosition, "1199")
            case .missingEntry:
                try Kit.withFolds(path) { _, index in
                    try index.reset()
                    try Kit.withLog(path) {
                        try IndexBeside(log: $0, index: index, progress: Replay.progress()).fold(
                            through: Position(1199))
                    }
                    try index.checkpoint(identity: [], stream: [], position: Position(1200))
                }
                return (.index, .missing, "position 1200")
            case .surplusRow:
                try Kit.withFolds(path) { views, _ in
                    try views.reset()
                    try checkpoint(views, "izz-nobody", Position(1))
                    try Kit.withLog(path) { try fold($0, views, through: 1200) }
                }
                return (.views, .surplus, "influencer/zz-nobody")
            }
        }

        /// Folds to a position and notes the head as done.
        private func skip(_ path: String, after position: UInt64) throws {
            try Kit.withFolds(path) { views, _ in
                try views.reset()
                try Kit.withLog(path) { try fold($0, views, through: position) }
                try checkpoint(views, "i", Position(1200))
            }
        }

        private func fold(_ log: LMDBLogStorage, _ views: LMDBViewStorage, through position: UInt64) throws {
            try FoldBeside(log: log, views: views, tables: CatalogueTables(), progress: Replay.progress())
                .fold(through: Position(position))
        }

        private func checkpoint(_ views: LMDBViewStorage, _ key: String, _ position: Position) throws {
            try Array(key.utf8).withUnsafeBytes {
                try views.checkpoint(rows: OneRow(key: $0, value: []), position: position)
            }
        }
    }

    private func check(
        _ findings: [ReplayFinding], _ expected: (place: ReplayFinding.Place, kind: ReplayFinding.Kind, what: String)
    ) {
        #expect(
            findings.contains {
                $0.place == expected.place && $0.kind == expected.kind && $0.text.contains(expected.what)
            }, "\(expected) is not in \(findings)")
        // What is whole is not said to be damaged.
        #expect(findings.allSatisfy { $0.place == expected.place }, "\(findings)")
    }

    @Test(arguments: Damage.allCases)
    func `is found where no daemon serves`(damage: Damage) async throws {
        let test = try await Kit.ledger()
        let expected = try damage.inflict(on: test.path)
        let progress = Replay.progress()
        let result = try Verification.run(
            atRest: test.path, workDirectory: "\(test.path).verify", progress: progress)
        #expect(!result.isSound)
        check(progress.now.findings, expected)
        #expect(!FileManager.default.fileExists(atPath: "\(test.path).verify"))
    }

    @Test(arguments: Damage.allCases)
    func `is found while the ledger serves`(damage: Damage) async throws {
        let test = try await Kit.ledger()
        let expected = try damage.inflict(on: test.path)
        try UnverifiedMark.set(test.path, text: "restored\n")
        try test.reopen()
        let job = try await Self.verify(test)
        #expect(job.state == .succeeded, "\(job.error ?? "")")
        guard case .verify(let result) = job.result else {
            Issue.record("a verification without a result")
            return
        }
        #expect(!result.isSound && job.progress.findingCount == job.progress.findings.count)
        check(job.progress.findings, expected)
        #expect(try UnverifiedMark.isSet(test.path))
    }

    @Test func `is mended by a rebuild, and what is rebuilt is sound`() async throws {
        let test = try await Kit.ledger()
        _ = try Damage.surplusRow.inflict(on: test.path)
        try test.reopen()
        #expect(try await Self.verify(test).progress.findingCount > 0)
        #expect(try await Replay.rebuild(test.ledger).differences > 0)
        #expect(try await Self.verify(test).progress.findings == [])
    }

    @Test func `is not what read models of another version are`() async throws {
        let test = try await Kit.ledger()
        var remarks: [String] = []
        let progress = Replay.progress()
        let result = try Verification.run(
            atRest: test.path, workDirectory: "\(test.path).verify", viewsVersion: ViewKeys.rowsVersion + 1,
            progress: progress
        ) { remarks.append($0) }
        #expect(result.isSound && progress.now.findings == [])
        #expect(result.readModels.map(\.name) == ["index"])
        #expect(remarks.count == 1 && remarks[0].contains("views/ is of version \(ViewKeys.rowsVersion),"))
        #expect(remarks[0].contains("next start"))
    }

    @Test func `is a log that is older than its marker says, or cut off, or none at all`() async throws {
        let test = try await Kit.ledger(events: 300)
        let (log, old) = ("\(test.path)/log", "\(test.path).old")
        try FileManager.default.copyItem(atPath: log, toPath: old)
        defer { try? FileManager.default.removeItem(atPath: old) }
        try test.reopen()
        await test.post([Event.registered("one-more", "ada")], by: 1)
        test.ledger.close()
        let file = "\(log)/data.mdb"
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))

        try FileManager.default.removeItem(atPath: log)
        try FileManager.default.copyItem(atPath: old, toPath: log)
        #expect(try Self.atRest(test.path).contains { $0.place == .log && $0.text.contains("the log ends at 300") })

        try whole.prefix(16 << 10).write(to: URL(fileURLWithPath: file))
        #expect(try Self.atRest(test.path).map(\.place) == [.log])

        try Data(repeating: 7, count: whole.count).write(to: URL(fileURLWithPath: file))
        #expect(try Self.atRest(test.path).first?.text.contains("no LMDB file") == true)

        try FileManager.default.removeItem(atPath: log)
        #expect(try Self.atRest(test.path).first?.text.contains("log/ is not") == true)
    }

    /// What is found in a directory; that has to be something.
    private static func atRest(_ path: String) throws -> [ReplayFinding] {
        let progress = Replay.progress()
        let result = try Verification.run(atRest: path, workDirectory: "\(path).verify", progress: progress)
        #expect(!result.isSound)
        return progress.now.findings
    }

    private static func verify(_ test: TestLedger) async throws -> ReplayJob {
        let number = try test.ledger.replays.start(ReplayRequest(.verify, pace: .unlimited(cores: 1))).number
        for _ in 0..<2_000 where test.ledger.replays.job(number)?.state.isEnded != true {
            try await Task.sleep(for: .milliseconds(10))
        }
        let job = try #require(test.ledger.replays.job(number))
        try #require(job.state.isEnded, "the verification has not ended")
        return job
    }
}
