import LedgerEngine
import Logging
import NIOCore

/// What all connections share.
final class ConnectionService: Sendable {
    let ledger: Ledger
    let responder: APIResponder
    let limits: HTTPLimits
    let bodies: BodyBudget
    let registry = ConnectionRegistry()
    let peers = PeerCredentials()
    let logger: Logger

    init(ledger: Ledger, limits: HTTPLimits, logger: Logger) {
        self.ledger = ledger
        self.limits = limits
        self.logger = logger
        bodies = BodyBudget(bytesMax: limits.bodiesBytesMax)
        responder = APIResponder(ledger: ledger, keepAlive: limits.keepAliveInterval, logger: logger)
    }

    /// How often a connection looks at its deadlines: often enough for the shortest of them, at most every 10 ms.
    var deadlineTick: TimeAmount {
        let shortest = [limits.headerTimeout, limits.bodyTimeout, limits.idleTimeout, limits.outputTimeout].min()
        let quarter = (shortest ?? .seconds(1)).nanoseconds / 4
        let least = TimeAmount.milliseconds(10).nanoseconds
        return .nanoseconds(min(max(quarter, least), TimeAmount.seconds(1).nanoseconds))
    }
}
