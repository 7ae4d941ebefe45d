import NIOCore
import NIOHTTP1

/// Answers the requests of one connection.
final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// One line of a flood, 1 KiB with its end.
    private static let floodLine = String(repeating: "x", count: 1_023) + "\n"

    private let log: StubLog
    private let answer: @Sendable (StubDaemon.Request) -> StubDaemon.Answer
    private var head: HTTPRequestHead?
    private var body = ""
    private var floodLeft = 0

    init(log: StubLog, answer: @escaping @Sendable (StubDaemon.Request) -> StubDaemon.Answer) {
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = ""
        case .body(let part): body += String(buffer: part)
        case .end:
            guard let head else { return }
            let fields = Dictionary(head.headers.map { ($0.name, $0.value) }) { first, _ in first }
            let request = StubDaemon.Request(
                method: head.method.rawValue, path: head.uri, fields: fields, body: body)
            log.add(request)
            give(answer(request), context)
        }
    }

    private func give(_ answer: StubDaemon.Answer, _ context: ChannelHandlerContext) {
        switch answer {
        case .whole(let status, let contentType, let body, let fields):
            begin(status, [("Content-Type", contentType), ("Content-Length", "\(body.utf8.count)")] + fields, context)
            write(body, context)
            end(context)
        case .chunks(let chunks, let contentType, let endsWell):
            begin(200, [("Content-Type", contentType)], context)
            for chunk in chunks {
                write(chunk, context)
            }
            context.flush()
            endsWell ? end(context) : context.close(promise: nil)
        case .flood(let bytes):
            begin(200, [("Content-Type", "application/x-ndjson")], context)
            floodLeft = bytes
            flood(context)
        case .wholeThenHangUp(let body):
            begin(200, [("Content-Type", "application/json"), ("Content-Length", "\(body.utf8.count)")], context)
            write(body, context)
            end(context)
            context.close(promise: nil)
        case .hangUp: context.close(promise: nil)
        case .silence: break
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        flood(context)
    }

    private func flood(_ context: ChannelHandlerContext) {
        guard floodLeft > 0 else { return }
        while floodLeft > 0, context.channel.isWritable {
            write(Self.floodLine, context)
            context.flush()
            floodLeft -= Self.floodLine.utf8.count
            log.addFlooded(Self.floodLine.utf8.count)
        }
        if floodLeft <= 0 {
            end(context)
        }
    }

    private func begin(_ status: Int, _ fields: [(String, String)], _ context: ChannelHandlerContext) {
        let head = HTTPResponseHead(
            version: .http1_1, status: .init(statusCode: status), headers: HTTPHeaders(fields))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    }

    private func end(_ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
