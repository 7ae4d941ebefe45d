package import EventLog
import LedgerStore
import Logging
import Synchronization

/// The part of the configuration that can be changed while the ledger is open.
struct LiveSettings: Sendable {
    var minPositionTimeoutSeconds: Int
    var listsFreshMilliseconds: Int
    var readyLagSecondsMax: Int
    var health: HealthBounds

    init(_ configuration: LedgerConfiguration) {
        minPositionTimeoutSeconds = configuration.minPositionTimeoutSeconds
        listsFreshMilliseconds = configuration.listsFreshMilliseconds
        readyLagSecondsMax = configuration.readyLagSecondsMax
        health = configuration.health
    }
}

extension Ledger {
    /// What holds for questions from now on.
    var settings: LiveSettings { live.withLock { $0 } }

    /// Takes what can be changed while the ledger is open from a configuration; the rest of it is not looked at.
    package func reload(_ configuration: LedgerConfiguration) {
        live.withLock { $0 = LiveSettings(configuration) }
        queue.setBounds(requestsMax: configuration.queueRequestsMax, bytesMax: configuration.queueBytesMax)
        space.follow(configuration.health)
    }

    /// Bytes of the posts that wait for the writer.
    package var queueBytes: Int { queue.bytes }

    /// When the ledger was last backed up, in seconds since 1970 UTC, and how far; nil if nothing says so.
    package var lastBackup: (seconds: Int64, position: Position)? {
        guard let backup = try? LastBackup.read(directory: directory.path) else { return nil }
        return (backup.seconds, backup.position)
    }

    /// Whether the ledger was restored and not verified since.
    package var isUnverified: Bool { directory.isUnverified }

    /// What watches the room of a ledger's directory.
    static func spaceWatch(
        _ configuration: LedgerConfiguration, _ directory: LedgerDirectory, health: Health, logger: Logger
    ) -> SpaceWatch {
        let maxima = [
            ("log", configuration.logMapBytesMax), ("views", configuration.viewsMapBytesMax),
            ("index", configuration.indexMapBytesMax),
        ]
        return SpaceWatch(health: health, logger: logger, bounds: configuration.health) {
            guard let disk = SpaceMeasure.disk(of: directory.path),
                let usages = try? [directory.log.usage(), directory.views.usage(), directory.index.usage()]
            else { return nil }
            let maps = zip(maxima, usages).map { map, usage in
                SpaceMeasure.Map(name: map.0, usedBytes: usage.usedBytes, bytesMax: map.1)
            }
            return SpaceMeasure(diskFreeBytes: disk.free, diskBytes: disk.all, maps: maps)
        }
    }
}
