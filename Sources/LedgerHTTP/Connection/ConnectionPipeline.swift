import CampaignCoding
import LedgerAPI
import NIOCore
import NIOHTTP1
import Synchronization

/// Sets up what an accepted channel is served by.
enum ConnectionPipeline {
    static func configure(_ channel: any Channel, service: ConnectionService) -> EventLoopFuture<Void> {
        guard service.registry.enter(channel, connectionsMax: service.limits.connectionsMax) else {
            return turnAway(channel, service)
        }
        service.metrics.openConnections.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { _ in
            service.metrics.openConnections.subtract(1, ordering: .relaxed)
            service.registry.leave(channel)
        }
        return service.peers.poster(of: channel).flatMapThrowing { poster in
            try addHandlers(channel, service: service, poster: poster)
        }
    }

    private static func addHandlers(
        _ channel: any Channel, service: ConnectionService, poster: Poster
    ) throws {
        var decoder = NIOHTTPDecoderLimitConfiguration()
        let limits = service.limits
        decoder.maxHeaderFieldSize = limits.headerFieldBytesMax
        decoder.maxHeaderListSize = limits.headersBytesMax
        decoder.maxHeaderFieldCount = limits.headerCountMax
        // Answers are framed here: the encoder does not know which of them are to HEAD.
        var encoder = HTTPResponseEncoder.Configuration()
        encoder.automaticallySetFramingHeaders = false
        let connection = ConnectionHandler(service: service, poster: poster)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(FrontHandler(connection: connection))
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true, withErrorHandling: false, withOutboundHeaderValidation: false,
            withEncoderConfiguration: encoder, withDecoderLimitConfiguration: decoder)
        try pipeline.addHandler(connection)
    }

    /// One connection too many: an answer without a request, and the close.
    private static func turnAway(_ channel: any Channel, _ service: ConnectionService) -> EventLoopFuture<Void> {
        let problem = ProblemDetails(.tooManyConnections, detail: "As many connections are open as may be.")
        service.metrics.refused(problem.code)
        channel.writeAndFlush(text(of: problem)).whenComplete { _ in channel.close(promise: nil) }
        return channel.eventLoop.makeSucceededVoidFuture()
    }

    /// An answer to a request that never became one: what the encoder would write, and that this is the last.
    static func text(of problem: ProblemDetails) -> ByteBuffer {
        let reason = HTTPResponseStatus(statusCode: problem.status).reasonPhrase
        var text = ByteBuffer(string: "HTTP/1.1 \(problem.status) \(reason)\r\ncontent-type: \(MediaType.problem)\r\n")
        var body = ErrorMapping.body(of: problem)
        for (name, value) in ErrorMapping.headers(of: problem) { text.writeString("\(name): \(value)\r\n") }
        text.writeString("content-length: \(body.readableBytes)\r\nconnection: close\r\n\r\n")
        text.writeBuffer(&body)
        return text
    }
}
