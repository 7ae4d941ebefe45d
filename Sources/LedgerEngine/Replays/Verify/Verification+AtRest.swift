import CampaignCoding
import LedgerStore

extension Verification {
    /// Verifies a data directory or a backup that no daemon serves. Its lock is held meanwhile, and nothing else in it is
    /// written.
    ///
    /// - Parameter workDirectory: where it folds; made here, and removed at the end.
    /// - Throws: as `run`, and `StoreError` if there is no ledger to be opened.
    package static func run(
        atRest path: String, workDirectory: String, progress: ReplayProgress
    ) throws -> VerificationResult {
        let ledger = try LedgerAtRest(path: path, viewsVersion: ViewKeys.rowsVersion)
        defer { ledger.close() }
        for (fold, reason) in ledger.faults {
            progress.find(ReplayFinding(fold == "views" ? .views : .index, .damaged, "\(fold)/: \(reason)"))
        }
        return try Verification(
            log: ledger.log, views: ledger.views, index: ledger.index, tables: CatalogueTables(),
            workDirectory: workDirectory, progress: progress
        ).run()
    }
}
