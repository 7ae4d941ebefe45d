package import NIOCore

/// How long the client waits.
package struct LedgerClientTimeouts: Sendable {
    /// For the socket to accept.
    package var connect: TimeAmount
    /// For a whole answer, or for the beginning of a streamed one. Longer than the daemon waits for `minPosition`.
    package var answer: TimeAmount

    package init(connect: TimeAmount = .seconds(10), answer: TimeAmount = .seconds(120)) {
        self.connect = connect
        self.answer = answer
    }
}
