import EventLog
import LedgerAPI
import LedgerEngine

extension StatusBody {
    init(_ status: LedgerStatus) {
        self.init(
            version: status.version, ledgerId: status.ledgerID, dataDirectory: status.dataDirectory,
            head: status.head.rawValue,
            readModels: status.readModels.map { model in
                ReadModelStatus(
                    name: model.name, version: model.version, beingReplaced: model.isBeingReplaced,
                    position: model.position.rawValue,
                    checkpointPosition: model.checkpointPosition.rawValue, lagEvents: model.lagEvents,
                    lagSeconds: model.lagSeconds, idle: model.isIdle)
            },
            sizes: status.sizes.map { size in
                EnvironmentSize(
                    name: size.name, bytes: size.fileBytes, mapBytes: size.mapBytes, usedBytes: size.usedBytes)
            },
            oldestReaderSeconds: status.oldestReaderSeconds, queueDepth: status.queueDepth,
            durability: status.durability, readOnly: status.readOnlyReason != nil,
            readOnlyReason: status.readOnlyReason, troubles: status.troubles, warnings: status.warnings,
            heartbeats: status.heartbeats.map { beat in
                HeartbeatStatus(
                    component: "\(beat.component)", ageMilliseconds: beat.ageNanoseconds / 1_000_000)
            },
            disk: status.space.map { space in
                DiskStatus(
                    freeBytes: space.diskFreeBytes, bytes: space.diskBytes,
                    secondsUntilFull: space.diskSecondsUntilFull)
            }, uptimeSeconds: status.uptimeSeconds)
    }
}
