import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerOperations

/// What the daemon says of itself, as the checks of `doctor` take it.
struct DaemonAnswers: Sendable {
    var daemon: Look<DaemonGlance> = .absent
    private var replays: Look<[ReplayGlance]> = .absent
    private var backup: Look<BackupGlance> = .absent
    private var isUnverified: Look<Bool> = .absent

    static func ask(_ client: LedgerClient, backupAgeSecondsMax: Int64) async -> DaemonAnswers {
        var answers = DaemonAnswers()
        do throws(LedgerClientError) {
            let status = try await client.get("/v1/status")
            let ready = try await client.look("/readyz")
            answers.daemon = .seen(
                glance(
                    try status.decode(StatusBody.self),
                    readiness: try? ready.decode(HealthBody.self), socketPath: client.socketPath))
            try await answers.addMetrics(client, backupAgeSecondsMax)
            try await answers.addReplays(client)
        } catch {
            if answers.daemon.value == nil { answers.daemon = .unseen(reason(error)) }
        }
        return answers
    }

    /// Adds what the daemon said where it could not be seen in its files.
    func complete(_ installation: inout Installation) {
        if case .seen = replays { installation.replays = replays }
        if case .unseen = installation.isUnverified, case .seen = isUnverified {
            installation.isUnverified = isUnverified
        }
        if case .seen = installation.lastBackup { return }
        if case .seen = backup { installation.lastBackup = backup }
    }

    private static func reason(_ error: LedgerClientError) -> String {
        let text = ProblemText.sentences(for: error)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func glance(_ status: StatusBody, readiness: HealthBody?, socketPath: String) -> DaemonGlance {
        var glance = DaemonGlance(
            version: status.version, ledgerIdentity: status.ledgerId, head: status.head,
            dataPath: status.dataDirectory, processID: ProcessLook.listener(at: socketPath),
            readOnlyReason: status.readOnly ? status.readOnlyReason ?? "no reason given" : nil,
            notReady: readiness?.reasons ?? [], troubles: status.troubles + status.warnings,
            // What nobody asks for is brought on rarely: its lag says nothing.
            readModels: status.readModels.filter { !$0.idle }.map {
                .init(
                    name: $0.name, position: $0.position, lagEvents: $0.lagEvents, lagSeconds: Int64($0.lagSeconds))
            },
            maps: status.sizes.map { .init(name: $0.name, usedBytes: $0.usedBytes, mapBytes: $0.mapBytes) })
        for beat in status.heartbeats {
            glance.heartbeatSeconds[beat.component] = Int64(clamping: beat.ageMilliseconds / 1_000)
        }
        glance.secondsUntilFull = status.disk?.secondsUntilFull.map { Int64(clamping: $0) }
        return glance
    }

    /// What is only among the metrics, for those who may not look at the files.
    private mutating func addMetrics(
        _ client: LedgerClient, _ backupAgeSecondsMax: Int64
    ) async throws(LedgerClientError) {
        let answer = try await client.look("/metrics")
        guard answer.status == 200, let metrics = try? MetricsText(String(decoding: answer.body, as: UTF8.self)) else {
            return
        }
        isUnverified = metrics.sum(MetricName.unverified).map { .seen($0 > 0) } ?? .absent
        if let time = metrics.sum(MetricName.backupTime), time > 0 {
            backup = .seen(
                BackupGlance(
                    seconds: min(Self.whole(time), 253_402_300_799),
                    position: UInt64(Self.whole(metrics.sum(MetricName.backupPosition) ?? 0)),
                    ageSecondsMax: backupAgeSecondsMax))
        }
    }

    private mutating func addReplays(_ client: LedgerClient) async throws(LedgerClientError) {
        let answer = try await client.look("/v1/replays?limit=100")
        guard answer.status == 200, let lines = try? answer.decode(ItemList<ReplayBody>.self) else { return }
        replays = .seen(
            lines.items.map {
                ReplayGlance(id: $0.id, kind: $0.kind, state: $0.state, attempt: $0.attempt, error: $0.error)
            })
    }

    private static func whole(_ value: Double) -> Int64 {
        value.isNaN ? 0 : Int64(min(max(value, 0), 9e18))
    }
}
