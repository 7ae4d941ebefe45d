/// What a kind of replay does. One work is one attempt of one job.
package protocol ReplayWork: Sendable {
    /// Does it, on the replays' thread. `progress` is told how far it is and what is found; between pieces of some
    /// milliseconds `progress.rest` is called, which keeps the pace and throws when the job is called off.
    ///
    /// - Throws: `ReplayFault`, or whatever the storage throws: its description becomes the job's error.
    func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult

    /// Gives up what an attempt left behind, because there will not be another: it was called off, it failed, or the job
    /// is removed. Called on the replays' thread or with nothing running.
    func discard(_ ledger: Ledger, job: ReplayJob)
}

extension ReplayWork {
    package func discard(_ ledger: Ledger, job: ReplayJob) {}
}
