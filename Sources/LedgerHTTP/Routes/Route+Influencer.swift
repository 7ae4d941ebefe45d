import CampaignDomain
import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

extension Route {
    /// Bytes of an influencer's facts up to which a question is answered on the event loop: some hundreds of events,
    /// which take about 0.1 ms. More would hold up the posts that share the loop.
    private static let atOnceFactBytesMax = 16 << 10

    typealias ExplainedHandler = @Sendable (RouteCall, String) async throws -> Response

    /// A route that asks something of one influencer, answered at once where the influencer has not much.
    ///
    /// - Parameters:
    ///   - judge: what is asked.
    ///   - body: what it comes to in the answer.
    ///   - explained: answers with the reasons, where they are asked for with `explain=true`: always in a task.
    static func influencer<Value: Sendable, Body: TextBody>(
        _ path: String, _ operation: String, _ summary: String, schema: String,
        judge: @escaping @Sendable (Situation) -> Value,
        body: @escaping @Sendable (String, Value, EventIdentities) throws -> Body, explained: ExplainedHandler? = nil
    ) -> Route {
        @Sendable func text(_ id: String, _ answer: Answer<Value>, _ ledger: Ledger) throws -> [UInt8] {
            let body = try body(id, answer.value, EventIdentities(ledger))
            return Answered(standing: Standing(answer), body: body).text
        }
        return Route(
            path, operation, summary, .json(schema: schema),
            parameters: ParameterSpec.question + (explained == nil ? [] : [.explain]),
            problems: RouteProblems.question + [.influencerNotFound],
            atOnce: { call in
                if explained != nil, call.parameters.flag("explain") { return nil }
                let id = try call.identifier(.influencerNotFound)
                let answer = try call.ledger.influencerAtOnce(
                    id, call.query(), factBytesMax: atOnceFactBytesMax, judge: judge)
                switch answer {
                case .answer(let answer): return try text(id, answer, call.ledger)
                case .unknown: throw call.missing(.influencerNotFound)
                case .later: return nil
                }
            },
            handler: { call in
                let id = try call.identifier(.influencerNotFound)
                if let explained, call.parameters.flag("explain") { return try await explained(call, id) }
                guard let answer = try await call.ledger.influencer(id, call.query(), judge: judge) else {
                    throw call.missing(.influencerNotFound)
                }
                return Response(
                    status: .ok, headers: [.contentType: MediaType.json],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: try text(id, answer, call.ledger))))
            })
    }
}
