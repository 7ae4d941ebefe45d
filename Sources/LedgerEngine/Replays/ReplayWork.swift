/// What a kind of replay does. One work is one attempt of one job.
package protocol ReplayWork: Sendable {
    /// Does it, on the replays' thread. `progress` is told how far it is and what is found; between pieces of some
    /// milliseconds `progress.rest` is called, which keeps the pace and throws when the job is called off.
    ///
    /// - Throws: `ReplayFault`, or whatever the storage throws: its description becomes the job's error.
    func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult

    /// Gives up what attempts left behind, because there will not be another: the job was called off or failed, and says
    /// which. Called on the replays' thread.
    func discard(_ ledger: Ledger, job: ReplayJob)

    /// Deletes what the job replaced and what is kept so that it can take over again. Called while no replay runs that
    /// could use it.
    func removeKept(_ ledger: Ledger, job: ReplayJob) throws
}

extension ReplayWork {
    package func discard(_ ledger: Ledger, job: ReplayJob) {}

    package func removeKept(_ ledger: Ledger, job: ReplayJob) throws {}
}
