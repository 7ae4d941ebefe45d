import CampaignCoding
import LedgerAPI
import Logging
import NIOCore

/// Until when a phase may last.
struct Deadline {
    enum Kind {
        case idle, head, body, linger
    }

    var kind: Kind
    var at: NIODeadline
}

extension ConnectionHandler {
    func setDeadline(_ kind: Deadline.Kind, after amount: TimeAmount) {
        deadline = Deadline(kind: kind, at: .now() + amount)
    }

    /// The first bytes of a head start its deadline; it is not extended by further ones.
    func bytesArrived() {
        guard case .idle = phase, deadline?.kind != .head else { return }
        setDeadline(.head, after: limits.headerTimeout)
    }

    func checkDeadlines() {
        guard let context else { return }
        let now = NIODeadline.now()
        if pendingWrites > 0, lastProgress + limits.outputTimeout <= now {
            service.logger.info(
                "a client took nothing of its answer and was disconnected", metadata: ["user": "\(poster.userName)"])
            return context.close(promise: nil)
        }
        guard let deadline, deadline.at <= now else { return }
        self.deadline = nil
        switch deadline.kind {
        case .idle, .linger:
            context.close(promise: nil)
        case .head:
            refuseHead(context)
        case .body:
            let problem = ProblemDetails(.requestTimeout, detail: "The request's body did not arrive in time.")
            refuse(problem, context: context)
        }
    }

    /// There is no request yet that NIO's handlers would let be answered: the text goes out before them.
    private func refuseHead(_ context: ChannelHandlerContext) {
        phase = .closed
        let problem = ProblemDetails(.requestTimeout, detail: "The request's head did not arrive in time.")
        service.metrics.refused(problem.code)
        guard let first = try? context.pipeline.syncOperations.context(handlerType: FrontHandler.self) else {
            return context.close(promise: nil)
        }
        let bound = context.loopBound
        first.writeAndFlush(NIOAny(ConnectionPipeline.text(of: problem))).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}
