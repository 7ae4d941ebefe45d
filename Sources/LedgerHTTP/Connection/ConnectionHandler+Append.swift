import CampaignCoding
import LedgerAPI
import LedgerEngine
import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    /// Hands the post to the ledger. It is checked right here, on the event loop; the outcome comes from the writer's
    /// thread, or at once when nothing has to be written.
    func append(_ plan: AppendPlan, context: ChannelHandlerContext) {
        guard var body else { return }
        self.body = nil
        phase = .answering
        deadline = nil
        let eventLoop = context.eventLoop
        let reserved = body.reservedBytes
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        // Counted, so that the event loops outlive it even where the client does not.
        service.registry.taskBegan()
        let completion: @Sendable (Result<AppendReceipt, AppendRefusal>) -> Void = { [service] result in
            let finish: @Sendable () -> Void = {
                service.bodies.release(reserved)
                bound.value.finishAppend(result)
                service.registry.taskEnded()
            }
            if eventLoop.inEventLoop { finish() } else { eventLoop.execute(finish) }
        }
        body.withPaddedBytes { bytes in
            switch plan.form {
            case .structured(let format):
                service.ledger.append(
                    bytes, format: format, poster: poster, validateOnly: plan.validateOnly, completion: completion)
            case .binary(let attributes):
                service.ledger.appendBinary(
                    attributes: attributes, data: bytes, poster: poster, validateOnly: plan.validateOnly,
                    completion: completion)
            }
        }
    }

    private func finishAppend(_ result: Result<AppendReceipt, AppendRefusal>) {
        guard case .answering = phase, let context else { return }
        switch result {
        case .success(let receipt):
            send(status: receipt.status, contentType: MediaType.json, body: receipt.text, context: context)
        case .failure(let refusal):
            send(ErrorMapping.problem(for: refusal), context: context)
        }
    }
}
