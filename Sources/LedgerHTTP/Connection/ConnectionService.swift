import LedgerEngine
import Logging
import NIOCore

/// What all connections share.
final class ConnectionService: Sendable {
    let ledger: Ledger
    let responder: APIResponder
    let liveLimits: LiveLimits
    let metrics: HTTPMetrics
    let bodies: BodyBudget
    let registry = ConnectionRegistry()
    let peers = PeerCredentials()
    let logger: Logger

    init(ledger: Ledger, limits: HTTPLimits, logger: Logger) {
        self.ledger = ledger
        liveLimits = LiveLimits(limits)
        metrics = HTTPMetrics(RouteTable.all)
        self.logger = logger
        bodies = BodyBudget(bytesMax: limits.bodiesBytesMax)
        responder = APIResponder(ledger: ledger, keepAlive: limits.keepAliveInterval, metrics: metrics, logger: logger)
    }

    /// The limits of a connection that begins now.
    var limits: HTTPLimits { liveLimits.now }

    /// Other limits: of time from the next request on, of headers and connections from the next connection on.
    func reload(_ limits: HTTPLimits) {
        liveLimits.replace(limits)
        bodies.setBytesMax(limits.bodiesBytesMax)
        responder.setKeepAlive(limits.keepAliveInterval)
    }

    /// How often a connection looks at its deadlines: often enough for the shortest of them, at most every 10 ms.
    var deadlineTick: TimeAmount {
        let limits = limits
        let shortest = [limits.headerTimeout, limits.bodyTimeout, limits.idleTimeout, limits.outputTimeout].min()
        let quarter = (shortest ?? .seconds(1)).nanoseconds / 4
        let least = TimeAmount.milliseconds(10).nanoseconds
        return .nanoseconds(min(max(quarter, least), TimeAmount.seconds(1).nanoseconds))
    }
}
