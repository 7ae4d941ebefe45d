package import Logging

/// Why a replay is not started, or an operation on one is refused.
package enum ReplayRefusal: Error, Sendable, Equatable {
    /// As many wait as may.
    case busy(waiting: Int)
    case notFound(UInt64)
    /// It has not ended, so it has no changes yet; or it ended without any.
    case notEnded(UInt64)
    /// The ledger is being closed.
    case closed
    /// The job could not be noted on the disk.
    case storage(String)
}
