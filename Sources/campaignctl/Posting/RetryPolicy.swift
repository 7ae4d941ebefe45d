import LedgerAPI
import LedgerClient

/// How long to wait before a batch is sent again, and when to give up. Sending again is always safe: an event that was
/// recorded is answered as a repeat.
struct RetryPolicy: Sendable {
    /// How often a batch is sent at most.
    var attemptsMax = 10
    /// The first wait; each further one is twice as long.
    var firstMilliseconds: Int64 = 100
    /// The longest wait between two attempts.
    var longestMilliseconds: Int64 = 5_000

    /// Milliseconds to wait before attempt `attempt` + 1; nil if it is not worth another.
    ///
    /// - Parameters:
    ///   - attempt: How often it was sent, from 1.
    ///   - wasConnected: Whether the daemon has answered before: then a missing socket is a restart, not a mistake.
    func delay(after error: LedgerClientError, attempt: Int, wasConnected: Bool) -> Int64? {
        guard attempt < attemptsMax else { return nil }
        let doubled = firstMilliseconds << Int64(min(attempt - 1, 16))
        switch error {
        case .daemonUnavailable:
            guard wasConnected else { return nil }
        case .problem(let problem, let retryAfter):
            // A read-only ledger stays so until an operator acts.
            guard error.isWorthRetrying, problem.code != ProblemCode.readOnly.rawValue else { return nil }
            return min(longestMilliseconds, max(doubled, (retryAfter ?? 0) * 1_000))
        default:
            guard error.isWorthRetrying else { return nil }
        }
        return min(longestMilliseconds, doubled)
    }
}
