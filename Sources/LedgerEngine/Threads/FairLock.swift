/// A lock that is given in the order in which it was asked for. The projector takes it again and again while it folds;
/// with an unfair lock a query could wait for ever behind it.
final class FairLock<State>: @unchecked Sendable {
    // @unchecked: `state` is only touched by the holder of the ticket that is served.
    private var state: State
    private let tickets = Monitor<Tickets>(Tickets())

    private struct Tickets {
        var next: UInt64 = 0
        var served: UInt64 = 0
    }

    init(_ state: State) {
        self.state = state
    }

    func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
        let ticket = tickets.withLock { (tickets: inout Tickets) -> UInt64 in
            defer { tickets.next += 1 }
            return tickets.next
        }
        _ = tickets.wait { $0.served == ticket ? true : nil }
        defer { tickets.notify { $0.served += 1 } }
        return try body(&state)
    }
}
