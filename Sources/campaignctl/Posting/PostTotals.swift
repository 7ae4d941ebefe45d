import LedgerAPI

/// Sums over all batches of one `post`.
struct PostTotals: Sendable, Equatable {
    var events = 0
    var batches = 0
    var recorded = 0
    var repeats = 0
    /// Events of refused batches.
    var refused = 0
    var ahead = 0
    var firstAheadLine: Int?
    var retries = 0
    /// Bytes of the input that are dealt with.
    var inputBytes = 0
    /// The greatest head that an answer named.
    var head: UInt64?

    mutating func add(_ outcome: PostOutcome) {
        events += outcome.batch.lines.count
        batches += 1
        retries += outcome.retries
        inputBytes += outcome.batch.inputBytes
        switch outcome.result {
        case .accepted(let answer):
            recorded += answer.recorded
            repeats += answer.repeats.count
            head = max(head ?? 0, answer.head)
            let indexes = answer.ahead ?? []
            ahead += indexes.count
            if firstAheadLine == nil, let first = indexes.first, outcome.batch.lines.indices.contains(first) {
                firstAheadLine = outcome.batch.lines[first]
            }
        case .refused: refused += outcome.batch.lines.count
        }
    }
}

/// The daemon's word on a batch.
enum PostResult: Sendable {
    case accepted(AppendAnswer)
    case refused(ProblemDetails)
}
