package import LedgerAPI

/// Why a request has no answer. Every case reads as sentences that say what happened, where, and what to do.
package enum LedgerClientError: Error, Sendable, CustomStringConvertible {
    /// Nobody answers at the socket.
    case daemonUnavailable(String)
    /// The daemon took longer than the timeout. What was posted may have been recorded.
    case timedOut(seconds: Int64)
    /// The connection ended before the answer did; says why, as a clause. What was posted may have been recorded.
    case connectionLost(String)
    /// The daemon refused, and said why.
    case problem(ProblemDetails, retryAfterSeconds: Int64?)
    /// An answer that is not one of the ledger's.
    case unexpectedAnswer(status: Int, String)
    /// The task that asked was cancelled.
    case cancelled

    package var description: String {
        switch self {
        case .daemonUnavailable(let sentence): sentence
        case .timedOut, .connectionLost: "\(interruption ?? "") Ask again."
        case .problem(let problem, _): "\(problem.title): \(problem.detail) \(problem.remedy)"
        case .unexpectedAnswer(let status, let detail):
            "The answer (HTTP status \(status)) is not one of a campaign ledger: \(detail). Check that the socket is "
                + "that of campaignd, and that both are of one version."
        case .cancelled: "The request was cancelled."
        }
    }

    /// What happened to an answer that did not come or was cut off, without what to do about it: that depends on what
    /// was asked. Nil for every other error.
    package var interruption: String? {
        switch self {
        case .timedOut(let seconds): "The daemon did not answer within \(seconds) s."
        case .connectionLost(let reason): "The daemon's answer was cut off: \(reason)."
        case .daemonUnavailable, .problem, .unexpectedAnswer, .cancelled: nil
        }
    }

    /// Whether the same request can succeed when it is sent again: every post is safe to repeat, since an event's
    /// identity is recorded once.
    package var isWorthRetrying: Bool {
        switch self {
        case .timedOut, .connectionLost: true
        case .problem(let problem, _): problem.status == 429 || problem.status == 503
        case .daemonUnavailable, .unexpectedAnswer, .cancelled: false
        }
    }
}
