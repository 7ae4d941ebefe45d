import CampaignCoding
import LedgerAPI
import NIOCore

/// The way of plain requests: no parts, no task, one write.
extension ConnectionHandler {
    func begin(_ request: PlainRequest, context: ChannelHandlerContext) {
        guard case .idle = phase else { return }
        isPlain = true
        isHeadRequest = false
        isHTTP10 = false
        isLive = false
        phase = .answering
        deadline = nil
        switch request {
        case .append(let format, let bytes):
            measured = (RouteTable.all.appendNumber, .now())
            append(bytes, format, context: context)
        case .question(let route, let place, let target):
            measured = (route.number, .now())
            answer(route, place, target, context: context)
        }
    }

    private func append(_ bytes: ByteBuffer, _ format: RequestFormat, context: ChannelHandlerContext) {
        let count = bytes.readableBytes
        guard service.bodies.reserve(count) else { return send(Self.busy, context: context) }
        let plan = AppendPlan(form: .structured(format), validateOnly: false, contentLength: count)
        var collector = BodyCollector(plan: .append(plan), allocator: context.channel.allocator)
        collector.take(bytes, reserved: count)
        body = collector
        append(plan, context: context)
    }

    /// Answers right here where that is quick; else a task does, as for every other question.
    private func answer(_ route: Route, _ place: Substring, _ target: RequestTarget, context: ChannelHandlerContext) {
        do {
            let responder = service.responder
            let call = try responder.call(route, place: place, target: target)
            if let answer = try route.atOnce?(call) {
                send(status: 200, contentType: MediaType.json, body: answer, context: context)
            } else {
                query(APIResponder.request(target: target), context: context)
            }
        } catch { send(service.responder.problem(for: error), context: context) }
    }
}
