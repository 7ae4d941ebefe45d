package import NIOCore

/// The bounds of the daemon's HTTP. Every one has a reason; all but the body's size can be configured.
package struct HTTPLimits: Sendable {
    /// The most connections at a time; one more is answered with 503 and closed.
    package var connectionsMax = 1024
    /// Bytes of request bodies held at a time, over all connections; beyond it a post is answered with 429.
    package var bodiesBytesMax = 256 << 20
    /// The longest single header field, in bytes.
    package var headerFieldBytesMax = 16 << 10
    /// All header fields of a request, in bytes.
    package var headersBytesMax = 64 << 10
    /// How many header fields a request may have.
    package var headerCountMax = 100
    /// How long a request's head may take from its first byte.
    package var headerTimeout = TimeAmount.seconds(10)
    /// How long a request's body may take from the end of its head.
    package var bodyTimeout = TimeAmount.seconds(60)
    /// How long a connection may stay without a request.
    package var idleTimeout = TimeAmount.seconds(300)
    /// How long a client may take nothing of an answer before it is disconnected.
    package var outputTimeout = TimeAmount.seconds(30)
    /// How often a live stream of server-sent events says that it is alive when nothing happens.
    package var keepAliveInterval = TimeAmount.seconds(15)
    /// The kernel's buffer for what a client has not read, in bytes a connection.
    package var sendBufferBytes = 256 << 10

    package init() {}

    /// A request's body: the specification's 16 MiB.
    static let bodyBytesMax = 16 << 20
    /// The readable bytes that a parser may touch behind a body.
    static let paddingBytes = 64
    /// The most of a refused body that is read for the connection to go on.
    static let discardBytesMax = 256 << 10
    /// How long a closing connection reads on, so that the client gets its answer before the close.
    static let lingerTimeout = TimeAmount.seconds(2)
}
