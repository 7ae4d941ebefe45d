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
    package var uptimeSeconds: Int

    package init(
        version: String, ledgerId: String, dataDirectory: String, head: UInt64, readModels: [ReadModelStatus],
        sizes: [EnvironmentSize], oldestReaderSeconds: Int, queueDepth: Int, durability: String, readOnly: Bool,
        readOnlyReason: String?,
        troubles: [String], uptimeSeconds: Int
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

    package init(
        name: String, version: UInt32? = nil, beingReplaced: Bool? = nil, position: UInt64, checkpointPosition: UInt64,
        lagEvents: UInt64, lagSeconds: Int
    ) {
        self.name = name
        self._version = Nullable(wrappedValue: version)
        self._beingReplaced = Nullable(wrappedValue: beingReplaced)
        self.position = position
        self.checkpointPosition = checkpointPosition
        self.lagEvents = lagEvents
        self.lagSeconds = lagSeconds
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
