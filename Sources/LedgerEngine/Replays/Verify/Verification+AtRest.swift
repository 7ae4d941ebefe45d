import CampaignCoding
import EventLog
import LedgerStore

extension Verification {
    /// Verifies a data directory or a backup that no daemon serves. Its lock is held meanwhile, and nothing else in it is
    /// written.
    ///
    /// - Parameters:
    ///   - workDirectory: where it folds; made here, and removed at the end.
    ///   - viewsVersion: the version of the rows that can be compared.
    ///   - remark: called with a sentence about what could not be compared without being wrong.
    /// - Throws: as `run`, and `StoreError` if there is no ledger to be opened; a log that is damaged is a finding.
    package static func run(
        atRest path: String, workDirectory: String, viewsVersion: UInt32 = ReadModelVersions.written,
        progress: ReplayProgress, remark: (String) -> Void = { _ in }
    ) throws -> VerificationResult {
        guard let ledger = try open(path, viewsVersion, progress) else {
            return VerificationResult(
                position: .beforeFirst, isSound: false, records: 0, recordsSHA256: RecordsDigest().sha256,
                readModels: [])
        }
        defer { ledger.close() }
        for (folder, reason) in ledger.faults {
            progress.find(ReplayFinding(place(folder), .damaged, "\(folder)/: \(reason)"))
        }
        for (fold, version, known) in ledger.others {
            remark(
                "\(fold)/ is of version \(version), and this program writes version \(known): it was not compared. The "
                    + "next start of its daemon builds it anew from the log.")
        }
        return try Verification(
            log: ledger.log, views: ledger.views, index: ledger.index, tables: CatalogueTables(),
            workDirectory: workDirectory, progress: progress
        ).run()
    }

    /// - Returns: nil if the log cannot be read at all, which is a finding.
    private static func open(
        _ path: String, _ viewsVersion: UInt32, _ progress: ReplayProgress
    ) throws(StoreError) -> LedgerAtRest? {
        do throws(StoreError) {
            return try LedgerAtRest(path: path, viewsVersion: viewsVersion) { progress.look(at: place($0)) }
        } catch {
            guard case .refused(_, let refusal) = error, refusal.isDamage else { throw error }
            progress.find(ReplayFinding(.log, .damaged, "\(refusal.message). \(refusal.advice)"))
            return nil
        }
    }

    private static func place(_ folder: String) -> ReplayFinding.Place {
        ReplayFinding.Place(rawValue: folder) ?? .log
    }
}
