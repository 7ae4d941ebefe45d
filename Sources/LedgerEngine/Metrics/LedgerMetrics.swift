/// What the ledger's threads count. What can be asked when it is wanted, as positions and sizes, is not here but in
/// `LedgerStatus`.
package final class LedgerMetrics: Sendable {
    /// Posts that were acknowledged, and the events in them.
    package let appends = Counter()
    package let events = Counter()
    /// Events of acknowledged posts that had been recorded before.
    package let repeats = Counter()
    /// Groups of posts that were committed together.
    package let batches = Counter()
    /// From a group's decision to its durable commit, and of that syncing it.
    package let commits = TimeHistogram()
    package let syncs = TimeHistogram()
    /// Checkpoints of each fold: how long they took, and the bytes they took in.
    package let viewCheckpoints = TimeHistogram()
    package let viewCheckpointBytes = Counter()
    package let indexCheckpoints = TimeHistogram()
    package let indexCheckpointBytes = Counter()

    package init() {}
}
