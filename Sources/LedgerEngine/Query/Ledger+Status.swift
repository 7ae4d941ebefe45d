import CampaignDomain
import EventLog
import LedgerStore

extension Ledger {
    /// The state of the ledger. Lags come from the log's head and the clock, never from what a component says of itself.
    package func status() throws(QueryFault) -> LedgerStatus {
        let head = log.head
        let indexPosition = index.position
        do {
            let usages = [
                ("log", try log.usage()), ("views", try projection.views.usage()), ("index", try index.usage()),
            ]
            return LedgerStatus(
                version: configuration.version, ledgerID: directory.marker.identity,
                dataDirectory: FileSystem.absolutePath(directory.path), head: head,
                readModels: [
                    try readModel(
                        "views", version: directory.views.version, position: projection.position,
                        checkpoint: projection.views.position, head: head),
                    // Lookups always see the head: the tail in memory answers for what the index does not hold yet.
                    try readModel(
                        "index", version: LMDBIndexStorage.version, position: indexPosition, checkpoint: indexPosition,
                        head: head),
                    // In memory only.
                    try readModel(
                        "lists", position: lists.generation?.position ?? .beforeFirst, checkpoint: .beforeFirst,
                        head: head, isIdle: !lists.isAskedLately),
                ],
                sizes: usages.map { name, usage in
                    LedgerStatus.Size(
                        name: name, fileBytes: usage.fileSizeBytes, usedBytes: usage.usedBytes,
                        mapBytes: usage.mapSizeBytes, readers: usage.readers,
                        oldestReaderNanoseconds: usage.oldestReaderAgeNanoseconds)
                },
                oldestReaderSeconds: Int((usages.map(\.1.oldestReaderAgeNanoseconds).max() ?? 0) / 1_000_000_000),
                queueDepth: queue.depth, durability: "full: data synced, then LMDB's meta page, before each answer",
                readOnlyReason: health.readOnlyReason, troubles: troubles,
                warnings: health.warnings, heartbeats: heartbeats, space: space.latest,
                uptimeSeconds: Int((monotonicNanoseconds() - startedNanoseconds) / 1_000_000_000))
        } catch {
            throw QueryFault(error)
        }
    }

    /// What is wrong now: what components said, and whose signs of life are missing.
    private var troubles: [String] {
        health.troubles + health.heartbeats.missing(secondsMax: settings.health.heartbeatSecondsMax)
    }

    private var heartbeats: [LedgerStatus.Heartbeat] {
        Heartbeats.Component.allCases.compactMap { component in
            health.heartbeats.age(of: component).map { .init(component: component, ageNanoseconds: $0) }
        }
    }

    /// How long ago the commit loop gave its last sign of life, in nanoseconds; nil before the first.
    package var writerSilenceNanoseconds: UInt64? { health.heartbeats.age(of: .writer) }

    /// Whether the ledger should be asked: not while it is read-only, failing, or a read model is behind its bound.
    package var readiness: Readiness {
        let settings = settings
        var reasons = troubles
        if let reason = health.readOnlyReason { reasons.append("read-only: \(reason)") }
        if directory.isUnverified {
            reasons.append(
                "the ledger was restored and is not verified yet: run campaignctl replay verify, or restore it again")
        }
        if let fatal = health.fatal { reasons.append("the storage failed: \(fatal)") }
        do {
            let lag = try lagSeconds(behind: projection.position, head: log.head)
            if lag > settings.readyLagSecondsMax {
                reasons.append("views is \(lag) s behind the head (bound: \(settings.readyLagSecondsMax) s)")
            }
        } catch {
            reasons.append("the log could not be read: \(error)")
        }
        return reasons.isEmpty ? .ready : .notReady(reasons)
    }

    private func readModel(
        _ name: String, version: UInt32? = nil, position: Position, checkpoint: Position, head: Position,
        isIdle: Bool = false
    ) throws(StoreError) -> LedgerStatus.ReadModel {
        LedgerStatus.ReadModel(
            name: name, version: version,
            isBeingReplaced: version.map { _ in replays.isPending(.rebuild) || replays.isPending(.goBack) },
            position: position, checkpointPosition: checkpoint,
            lagEvents: head.rawValue - min(head, position).rawValue,
            lagSeconds: try lagSeconds(behind: position, head: head), isIdle: isIdle)
    }

    /// How long ago the oldest event not yet seen was recorded, in whole seconds.
    private func lagSeconds(behind position: Position, head: Position) throws(StoreError) -> Int {
        guard position < head,
            let recorded = try log.withRecord(at: position.next, { $0.recordedTimeMicroseconds })
        else { return 0 }
        return Int(max(0, clock.now().microseconds - recorded) / 1_000_000)
    }
}
