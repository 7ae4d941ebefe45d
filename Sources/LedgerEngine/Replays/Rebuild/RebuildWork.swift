package import LedgerStore
import Logging

/// Builds the read models anew beside the serving ones and lets them take over. What an attempt before the daemon's end
/// has built is gone on with.
package struct RebuildWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        .rebuild(try run(ledger, progress, isResuming: job.attempt > 1))
    }

    /// - Parameter isResuming: goes on with what lies there, if it can be used.
    func run(_ ledger: Ledger, _ progress: ReplayProgress, isResuming: Bool) throws -> RebuildResult {
        let (views, index) = (ledger.directory.views.fold, ledger.directory.index.fold)
        for isSecond in [false, true] {
            let next = (
                try views.openNext(isResuming: isResuming && !isSecond),
                try index.openNext(isResuming: isResuming && !isSecond)
            )
            // What was built for a log that has been put back meanwhile is of no use.
            guard max(next.0.position, next.1.position) > ledger.log.head else {
                return try Replacement(ledger, progress, .next, views: next.0, index: next.1).run()
            }
        }
        throw ReplayFault.failed("what was begun anew stands beyond the log's head")
    }

    package func discard(_ ledger: Ledger, job: ReplayJob) {
        ledger.discard(job)
    }
}

/// Lets the read models that were replaced take over again.
package struct GoBackWork: ReplayWork {
    package init() {}

    package func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
        .rebuild(try run(ledger, progress))
    }

    func run(_ ledger: Ledger, _ progress: ReplayProgress) throws -> RebuildResult {
        do {
            guard let views = try ledger.directory.views.fold.openPrevious(),
                let index = try ledger.directory.index.fold.openPrevious()
            else {
                throw ReplayFault.failed(
                    "there are no read models to go back to: none were replaced, or what was has been removed")
            }
            // What a checkpoint may have left committed and not visible.
            _ = try views.mergeStep()
            return try Replacement(ledger, progress, .previous, views: views, index: index).run()
        } catch StoreError.corruptFold(let place, let reason) {
            throw ReplayFault.failed(
                "the read models that were replaced cannot be used any more (\(place): \(reason)); rebuild instead")
        }
    }

    package func discard(_ ledger: Ledger, job: ReplayJob) {
        ledger.discard(job)
    }
}

extension Ledger {
    /// Whether read models that were replaced are kept, so that one can go back to them.
    package var keepsPrevious: Bool {
        let kept = (try? directory.views.fold.keepsPrevious()) ?? false
        return kept && ((try? directory.index.fold.keepsPrevious()) ?? false)
    }

    /// Deletes what a rebuild began and did not end.
    package func discardUnfinishedRebuild() throws(StoreError) {
        try directory.views.fold.discardNext()
        try directory.index.fold.discardNext()
    }

    /// Deletes the read models that were replaced.
    package func discardPrevious() throws(StoreError) {
        try directory.views.fold.discardPrevious()
        try directory.index.fold.discardPrevious()
    }

    fileprivate func discard(_ job: ReplayJob) {
        do throws(StoreError) {
            if job.result == nil, job.request.kind == .rebuild { try discardUnfinishedRebuild() }
            if job.keepsPrevious { try discardPrevious() }
        } catch {
            logger.warning("what a rebuild left could not be deleted", metadata: ["error": "\(error)"])
        }
    }
}
