import CampaignCoding
import LedgerAPI
import LedgerEngine
import Synchronization

/// What the server counts: once a request, without order between threads. Everything that tells one count from another
/// comes from a fixed set, so that there are never more of them.
final class HTTPMetrics: Sendable {
    /// The time from a request's head to the end of its answer, by route and last for what is no route.
    let durations: [TimeHistogram]
    /// Requests refused, by the problem's code.
    private let refusals: [String: Counter]
    /// Codes that are of neither catalogue.
    private let others = Counter()
    let openConnections = Atomic<Int>(0)

    init(_ table: RouteTable) {
        durations = (0...table.routes.count).map { _ in TimeHistogram() }
        let codes = ProblemCode.allCases.map(\.rawValue) + FaultCode.allCases.map(\.rawValue)
        refusals = Dictionary(codes.map { ($0, Counter()) }) { first, _ in first }
    }

    /// - Parameter route: its number in the table; nil is no route.
    func answered(route: Int?, nanoseconds: UInt64) {
        durations[route ?? durations.count - 1].note(nanoseconds: nanoseconds)
    }

    func refused(_ code: String) {
        (refusals[code] ?? others).add()
    }

    /// All refusals, those that never happened too, in the order of their codes.
    var refusalCounts: [(code: String, count: UInt64)] {
        (refusals.map { ($0.key, $0.value.value) } + [("other", others.value)]).sorted { $0.0 < $1.0 }
    }
}
