import CampaignCoding
import LedgerStore

extension Verification {
    /// Verifies a data directory or a backup that no daemon serves. Its lock is held meanwhile, and nothing else in it is
    /// written.
    ///
    /// - Parameters:
    ///   - workDirectory: where it folds; made here, and removed at the end.
    ///   - viewsVersion: the version of the rows that can be compared.
    ///   - remark: called with a sentence about what could not be compared without being wrong.
    /// - Throws: as `run`, and `StoreError` if there is no ledger to be opened.
    package static func run(
        atRest path: String, workDirectory: String, viewsVersion: UInt32 = ReadModelVersions.written,
        progress: ReplayProgress, remark: (String) -> Void = { _ in }
    ) throws -> VerificationResult {
        let ledger = try LedgerAtRest(path: path, viewsVersion: viewsVersion) { fold in
            progress.look(at: place(fold))
        }
        defer { ledger.close() }
        for (fold, reason) in ledger.faults {
            progress.find(ReplayFinding(place(fold), .damaged, "\(fold)/: \(reason)"))
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

    private static func place(_ folder: String) -> ReplayFinding.Place {
        ReplayFinding.Place(rawValue: folder) ?? .log
    }
}
