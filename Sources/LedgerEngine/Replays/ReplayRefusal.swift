/// Why a replay is not started, or not called off or removed.
package enum ReplayRefusal: Error, Sendable, Equatable {
    /// As many wait as may.
    case busy(waiting: Int)
    case notFound(UInt64)
    /// It has not ended with what was asked for.
    case notEnded(UInt64)
    /// What it replaced cannot be removed while this job, which may replace it, runs.
    case previousInUse(by: UInt64)
    /// The ledger is being closed.
    case closed
    /// The job could not be noted on the disk; says why and what to do.
    case storage(String)
}
