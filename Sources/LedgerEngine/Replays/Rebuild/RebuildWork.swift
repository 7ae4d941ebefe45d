import LedgerStore
import Logging

/// Builds the read models anew beside the serving ones and lets them take over. What an attempt before the daemon's end
/// has built is gone on with.
package struct RebuildWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        .rebuild(try run(ledger, progress, number: job.number, isResuming: job.attempt > 1))
    }

    /// - Parameter isResuming: goes on with what earlier attempts have left, if it can be used.
    func run(
        _ ledger: Ledger, _ progress: ReplayProgress, number: UInt64, isResuming: Bool
    ) throws -> RebuildResult {
        try Replacement(ledger, progress, .next, number: number, isResuming: isResuming) { fold in
            let next = try fold.openNext(isResuming: isResuming)
            // What was built for a log that has been put back meanwhile is of no use.
            return next.position <= ledger.log.head ? next : try fold.openNext(isResuming: false)
        } openIndex: { fold in
            let next = try fold.openNext(isResuming: isResuming)
            return next.position <= ledger.log.head ? next : try fold.openNext(isResuming: false)
        }.run()
    }

    package func discard(_ ledger: Ledger, job: ReplayJob) {
        do throws(StoreError) {
            try ledger.discardUnfinishedRebuild()
        } catch {
            ledger.logger.warning("what a rebuild left could not be deleted", metadata: ["error": "\(error)"])
        }
    }

    package func removeKept(_ ledger: Ledger, job: ReplayJob) throws {
        try ledger.discardPrevious()
    }
}

/// Lets the read models that were replaced take over again.
package struct GoBackWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        .rebuild(try run(ledger, progress, number: job.number, isResuming: job.attempt > 1))
    }

    /// - Parameter isResuming: does not do again what earlier attempts have done.
    func run(
        _ ledger: Ledger, _ progress: ReplayProgress, number: UInt64, isResuming: Bool
    ) throws -> RebuildResult {
        do {
            return try Replacement(ledger, progress, .previous, number: number, isResuming: isResuming) { fold in
                let previous = try Self.found(fold.openPrevious())
                // Shows what a checkpoint may have left committed and not visible.
                _ = try previous.mergeStep()
                return previous
            } openIndex: { fold in
                try Self.found(fold.openPrevious())
            }.run()
        } catch StoreError.corruptFold(let place, let reason) {
            throw ReplayFault.failed(
                "the read models that were replaced cannot be used any more (\(place): \(reason)); rebuild instead")
        }
    }

    private static func found<Storage>(_ storage: Storage?) throws -> Storage {
        guard let storage else {
            throw ReplayFault.failed(
                "there are no read models to go back to: none were replaced, or those that were have been removed")
        }
        return storage
    }

    package func removeKept(_ ledger: Ledger, job: ReplayJob) throws {
        try ledger.discardPrevious()
    }
}
