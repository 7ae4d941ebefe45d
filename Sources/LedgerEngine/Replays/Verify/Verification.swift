package import CampaignCoding
import EventLog
package import LedgerStore

/// Reads the log again, folds it from nothing beside what serves, and compares at one position.
///
///     records   each record: bytes, place, type and data, stream, recorded time
///     fold      read models and index in a directory of their own, with bounded memory
///     compare   rows in key order, entries in order; identities that were recorded twice
///
/// What is found goes to the progress; what serves is only read. Used by one thread.
package struct Verification {
    private let log: any LogStorage
    private let views: (any ViewStorage)?
    private let index: (any IndexStorage)?
    private let tables: CatalogueTables
    private let workDirectory: String
    private let progress: ReplayProgress

    /// - Parameters:
    ///   - views: the read models to verify; nil where there are none, as in a backup.
    ///   - index: the same.
    ///   - workDirectory: where it folds; made here, and removed at the end. What an earlier run left there is deleted.
    package init(
        log: any LogStorage, views: (any ViewStorage)?, index: (any IndexStorage)?, tables: CatalogueTables,
        workDirectory: String, progress: ReplayProgress
    ) {
        (self.log, self.views, self.index, self.tables) = (log, views, index, tables)
        (self.workDirectory, self.progress) = (workDirectory, progress)
    }

    /// Maps of what is folded beside, in bytes: address space only.
    private static let mapSizeBytes: UInt64 = 1 << 38
    /// Events that may come while the snapshot of what serves is held.
    private static let missingMax: UInt64 = 50_000
    /// Rounds of folding what came meanwhile, before the snapshot is taken whatever is missing.
    private static let roundsMax = 8

    /// - Throws: `ReplayFault`; `StoreError` for what is no finding, such as a full disk.
    package func run() throws -> VerificationResult {
        var records = RecordsCheck(log, tables, progress)
        let head = log.head
        progress.look(at: .log)
        progress.begin(.records, total: head.rawValue)
        try records.read(through: head)
        try removeWork()
        defer { try? removeWork() }
        var models: [VerificationResult.ReadModel] = []
        if let broken = records.firstUnfoldable {
            try checkBytes(broken)
        } else {
            for path in [workDirectory, "\(workDirectory)/views", "\(workDirectory)/index"] {
                try FileSystem.createDirectory(path)
            }
            if let model = try verifyViews() { models.append(model) }
            if let model = try verifyIndex(&records) { models.append(model) }
        }
        progress.look(at: .log)
        // Events that came while it was folded belong to what was compared.
        try records.read(through: models.reduce(head) { max($0, min($1.position, log.head)) })
        return VerificationResult(
            position: records.position, isSound: progress.now.findingCount == 0, records: records.records,
            recordsSHA256: records.sha256, readModels: models)
    }

    private func removeWork() throws(StoreError) {
        for name in ["views", "index"] { try FileSystem.removeDirectory("\(workDirectory)/\(name)") }
        try FileSystem.removeDirectory(workDirectory)
    }

    /// Where the log cannot be folded, what remains to be done: whether the bytes are what was written.
    private func checkBytes(_ broken: Position) throws {
        let rest = "they were not compared with the log, which cannot be folded beyond position \(broken.rawValue - 1)"
        try check(.views, "the read models", rest) { () throws(StoreError) in try views?.verify() }
        try check(.index, "the index", rest) { () throws(StoreError) in try index?.verify() }
    }

    private func check(
        _ place: ReplayFinding.Place, _ name: String, _ rest: String, _ verify: () throws(StoreError) -> Void
    ) throws(StoreError) {
        progress.look(at: place)
        do throws(StoreError) {
            try verify()
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            progress.find(ReplayFinding(place, .damaged, "\(name): \(reason)\(rest.isEmpty ? "" : "; \(rest)")"))
        }
    }
}

extension Verification {
    fileprivate func verifyViews() throws -> VerificationResult.ReadModel? {
        let built = try LMDBViewStorage(
            path: "\(workDirectory)/views", viewsVersion: ViewKeys.rowsVersion, mapSizeBytes: Self.mapSizeBytes)
        defer { built.close() }
        let fold = FoldBeside(log: log, views: built, tables: tables, progress: progress)
        progress.begin(.fold, total: log.head.rawValue)
        guard let views else {
            try fold.fold(through: log.head)
            return nil
        }
        var last = UInt64.max
        for _ in 0..<Self.roundsMax {
            try fold.fold(through: max(fold.position, min(views.position, log.head)))
            let missing = min(views.position, log.head).rawValue - fold.position.rawValue
            if missing <= Self.missingMax || missing > last / 2 { break }
            last = missing
        }
        let served = try views.snapshot()
        try fold.fold(through: max(fold.position, min(served.position, log.head)))
        return try withExtendedLifetime(built) { try compare(expected: built.snapshot(), found: served, views) }
    }

    private func compare(
        expected: any ViewSnapshot, found: any ViewSnapshot, _ views: any ViewStorage
    ) throws -> VerificationResult.ReadModel {
        progress.look(at: .views)
        let newest = try NewestFact.position(in: found, progress)
        if let newest, newest != found.position || found.position > expected.position {
            progress.find(
                ReplayFinding(
                    .views, .wrongPosition, position: found.position,
                    "the read models say that they stand at position \(found.position), but their newest fact is that of "
                        + "\(newest)"))
        }
        let digest = try RowDigest(expected, progress)
        progress.begin(.compare, total: digest.rows)
        var comparison = RowComparison(progress)
        try comparison.compare(expected: expected, found: found)
        if comparison.differences == 0 {
            try check(.views, "the read models", "") { () throws(StoreError) in try views.verify() }
        }
        let own = try foundDigest(found)
        return VerificationResult.ReadModel(
            name: "views", position: found.position, rows: own?.rows ?? comparison.rows, sha256: own?.sha256 ?? "",
            expectedSHA256: digest.sha256)
    }

    /// - Returns: nil if they cannot be read, which the comparison has said.
    private func foundDigest(_ snapshot: any ViewSnapshot) throws -> RowDigest? {
        do {
            return try RowDigest(snapshot, progress)
        } catch StoreError.corruptFold {
            return nil
        }
    }
}

extension Verification {
    fileprivate func verifyIndex(_ records: inout RecordsCheck) throws -> VerificationResult.ReadModel? {
        let built = try LMDBIndexStorage(
            path: "\(workDirectory)/index", mapSizeBytes: Self.mapSizeBytes, mapSizeBytesMax: Self.mapSizeBytes)
        defer { built.close() }
        let fold = IndexBeside(log: log, index: built, progress: progress)
        progress.look(at: .log)
        progress.begin(.fold, total: log.head.rawValue)
        var model: VerificationResult.ReadModel?
        if let index {
            try fold.fold(through: min(index.position, log.head))
            model = try compare(index, fold, built)
        }
        progress.look(at: .log)
        try fold.fold(through: max(fold.position, log.head))
        try IdentityCheck(log: log, progress: progress).run(built.beginScan())
        return model
    }

    private func compare(
        _ index: any IndexStorage, _ fold: IndexBeside, _ built: LMDBIndexStorage
    ) throws -> VerificationResult.ReadModel? {
        do {
            let found = try index.beginScan()
            try fold.fold(through: max(fold.position, min(found.position, log.head)))
            progress.look(at: .index)
            if let (newest, stated) = try newestEntry(index), newest != stated {
                progress.find(
                    ReplayFinding(
                        .index, .wrongPosition, position: stated,
                        "the index says that it stands at position \(stated), but its newest entry is that of \(newest)"
                    ))
            }
            progress.begin(.compare, total: fold.position.rawValue)
            var comparison = IndexComparison(log, progress)
            try comparison.compare(expected: built.beginScan(), found: found)
            if progress.now.findingCount == 0 {
                try check(.index, "the index", "") { () throws(StoreError) in try index.verify() }
            }
            return VerificationResult.ReadModel(
                name: "index", position: found.position, rows: comparison.entries, sha256: comparison.sha256,
                expectedSHA256: comparison.expectedSHA256)
        } catch StoreError.corruptFold(_, let reason) {
            progress.find(ReplayFinding(.index, .damaged, "the index: \(reason)"))
            return nil
        }
    }

    /// The newest entry, and the position at which the index says that it stands: both of one scan, since it moves on.
    ///
    /// - Returns: nil if the entries cannot be read, which the comparison names.
    private func newestEntry(_ index: any IndexStorage) throws -> (newest: Position, stated: Position)? {
        do {
            let scan = try index.beginScan()
            var pages = EntryPages(scan, .identity)
            var newest = Position.beforeFirst
            var meter = ReplayMeter(progress)
            while try pages.refill() {
                newest = pages.page.reduce(newest) { max($0, $1.position) }
                try meter.pause()
            }
            return (newest, scan.position)
        } catch StoreError.corruptFold {
            return nil
        }
    }
}
