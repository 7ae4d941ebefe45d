import LedgerStore
import Logging

/// Verifies the ledger while it serves. One that is sound is no longer marked as unverified.
package struct VerifyWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        .verify(try run(ledger, progress))
    }

    func run(_ ledger: Ledger, _ progress: ReplayProgress) throws -> VerificationResult {
        guard ledger.directory.views.fold.current.version == ViewKeys.rowsVersion else {
            throw ReplayFault.failed(
                "the read models are of an older version and are being replaced: verify when that is done")
        }
        try checkRoom(ledger)
        let result = try Verification(
            log: ledger.log, views: ledger.projection.views, index: ledger.index, tables: ledger.tables,
            workDirectory: Self.workDirectory(ledger), progress: progress
        ).run()
        if result.isSound, ledger.directory.isUnverified { try ledger.directory.setVerified() }
        return result
    }

    /// Deletes what an attempt that was killed left beside.
    package func discard(_ ledger: Ledger, job: ReplayJob) {
        do {
            try FileSystem.removeDirectory(Self.workDirectory(ledger))
        } catch {
            ledger.logger.warning("what a verification left could not be deleted", metadata: ["error": "\(error)"])
        }
    }

    private static func workDirectory(_ ledger: Ledger) -> String { "\(ledger.directory.path)/verify.work" }

    /// What is folded beside lies on the log's disk, which must not become full because of it.
    private func checkRoom(_ ledger: Ledger) throws {
        let needed = try ledger.projection.views.usage().usedBytes + ledger.index.usage().usedBytes
        let free = try FileSystem.freeBytes(ledger.directory.path)
        if let fault = Replacement.roomFault(needed: needed, built: 0, free: free) { throw fault }
    }
}
