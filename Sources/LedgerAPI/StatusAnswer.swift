/// The answer of `/v1/status`.
package struct StatusBody: Codable, Sendable, Equatable {
    package var version: String
    package var ledgerId: String
    /// Where the ledger lies, from the root.
    package var dataDirectory: String
    package var head: UInt64
    package var readModels: [ReadModelStatus]
    package var sizes: [EnvironmentSize]
    /// How long the oldest read transaction has been open.
    package var oldestReaderSeconds: Int
    /// Posts that wait for the writer.
    package var queueDepth: Int
    /// How an acknowledged event is kept, in words.
    package var durability: String
    package var readOnly: Bool
    @Nullable package var readOnlyReason: String?
    /// What is wrong now, one sentence each.
    package var troubles: [String]
    /// What will go wrong if nobody does anything, one sentence each.
    package var warnings: [String]
    package var heartbeats: [HeartbeatStatus]
    /// Of the data directory's disk; null if the system does not say.
    @Nullable package var disk: DiskStatus?
    package var uptimeSeconds: Int

    package init(
        version: String, ledgerId: String, dataDirectory: String, head: UInt64, readModels: [ReadModelStatus],
        sizes: [EnvironmentSize], oldestReaderSeconds: Int, queueDepth: Int, durability: String, readOnly: Bool,
        readOnlyReason: String?,
        troubles: [String], warnings: [String] = [], heartbeats: [HeartbeatStatus] = [], disk: DiskStatus? = nil,
        uptimeSeconds: Int
    ) {
        self.version = version
        self.ledgerId = ledgerId
        self.dataDirectory = dataDirectory
        self.head = head
        self.readModels = readModels
        self.sizes = sizes
        self.oldestReaderSeconds = oldestReaderSeconds
        self.queueDepth = queueDepth
        self.durability = durability
        self.readOnly = readOnly
        self._readOnlyReason = Nullable(wrappedValue: readOnlyReason)
        self.troubles = troubles
        self.warnings = warnings
        self.heartbeats = heartbeats
        self._disk = Nullable(wrappedValue: disk)
        self.uptimeSeconds = uptimeSeconds
    }
}

/// Where one read model stands. Its lag is computed from the log's head and the clock.
package struct ReadModelStatus: Codable, Sendable, Equatable {
    package var name: String
    /// Of the fold that made it; null for what is in memory only.
    @Nullable package var version: UInt32?
    /// Whether another one is to take over: by a rebuild that waits or runs, or by going back. Null as well.
    @Nullable package var beingReplaced: Bool?
    package var position: UInt64
    /// The last position that is durable in it.
    package var checkpointPosition: UInt64
    package var lagEvents: UInt64
    package var lagSeconds: Int
    /// Nobody asks for it, so it is brought on rarely: its lag says nothing.
    package var idle: Bool

    package init(
        name: String, version: UInt32? = nil, beingReplaced: Bool? = nil, position: UInt64, checkpointPosition: UInt64,
        lagEvents: UInt64, lagSeconds: Int, idle: Bool = false
    ) {
        self.name = name
        self._version = Nullable(wrappedValue: version)
        self._beingReplaced = Nullable(wrappedValue: beingReplaced)
        self.position = position
        self.checkpointPosition = checkpointPosition
        self.lagEvents = lagEvents
        self.lagSeconds = lagSeconds
        self.idle = idle
    }
}

/// A thread of the daemon that has to go on, and how long ago it gave its last sign of life.
package struct HeartbeatStatus: Codable, Sendable, Equatable {
    /// `writer`, `projector`, `checkpointer`, `indexer` or `lists`.
    package var component: String
    /// 0 while it has nothing to do.
    package var ageMilliseconds: UInt64

    package init(component: String, ageMilliseconds: UInt64) {
        self.component = component
        self.ageMilliseconds = ageMilliseconds
    }
}

/// How much room the data directory's disk has.
package struct DiskStatus: Codable, Sendable, Equatable {
    package var freeBytes: UInt64
    package var bytes: UInt64
    /// At the rate of the last minutes; null while it is not being filled.
    @Nullable package var secondsUntilFull: UInt64?

    package init(freeBytes: UInt64, bytes: UInt64, secondsUntilFull: UInt64?) {
        self.freeBytes = freeBytes
        self.bytes = bytes
        self._secondsUntilFull = Nullable(wrappedValue: secondsUntilFull)
    }
}

/// What one of the environments takes.
package struct EnvironmentSize: Codable, Sendable, Equatable {
    package var name: String
    /// On disk.
    package var bytes: UInt64
    /// The most it can grow to.
    package var mapBytes: UInt64
    /// Of the map, in use.
    package var usedBytes: UInt64

    package init(name: String, bytes: UInt64, mapBytes: UInt64, usedBytes: UInt64) {
        self.name = name
        self.bytes = bytes
        self.mapBytes = mapBytes
        self.usedBytes = usedBytes
    }
}

/// The answer of `/livez` and `/readyz`.
package struct HealthBody: Codable, Sendable, Equatable {
    /// `ok`, or `notReady`.
    package var status: String
    /// Why it is not ready, one sentence each.
    package var reasons: [String]

    package init(status: String, reasons: [String]) {
        self.status = status
        self.reasons = reasons
    }
}
