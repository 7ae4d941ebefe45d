import FoundationEssentials
import LedgerAPI
import LedgerClient

/// What the daemon said at one moment.
struct TopLook: Sendable, Equatable {
    /// Milliseconds of a clock that only goes forward.
    var milliseconds: Int64
    var status: StatusBody
    /// Empty from a daemon without them.
    var metrics: MetricsText
    /// Newest first.
    var replays: [ReplayBody]

    /// Asks the daemon. What a daemon of another version does not have is left out.
    static func ask(_ client: LedgerClient, milliseconds: Int64) async throws -> TopLook {
        let status = try await client.get("/v1/status").decode(StatusBody.self)
        let metrics = try await client.look("/metrics")
        let replays = try await client.look("/v1/replays?limit=20")
        return TopLook(
            milliseconds: milliseconds, status: status,
            metrics: metrics.status == 200 ? try text(metrics) : MetricsText(),
            replays: replays.status == 200 ? try replays.decode(ItemList<ReplayBody>.self).items : [])
    }

    private static func text(_ answer: LedgerAnswer) throws(LedgerClientError) -> MetricsText {
        do throws(MetricsFault) {
            return try MetricsText(String(decoding: answer.body, as: UTF8.self))
        } catch {
            throw .unexpectedAnswer(status: answer.status, error.description)
        }
    }
}
