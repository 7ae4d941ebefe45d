package import CampaignDomain
package import EventLog

/// The ledger in the data directory, read without its daemon.
package struct LedgerGlance: Sendable, Equatable {
    /// What the marker and the log say; nil where `fault` says why they could not be read.
    package var identity: String?
    package var head: Position?
    /// When the newest event was recorded; nil for an empty log.
    package var newestRecorded: Instant?
    package var fault: LedgerFault?
    package var folds: [FoldGlance]

    package init(
        identity: String?, head: Position?, newestRecorded: Instant?, fault: LedgerFault? = nil,
        folds: [FoldGlance] = []
    ) {
        self.identity = identity
        self.head = head
        self.newestRecorded = newestRecorded
        self.fault = fault
        self.folds = folds
    }
}

/// Why a ledger cannot be read: what, and what to do.
package struct LedgerFault: Sendable, Equatable {
    package var text: String
    package var advice: String

    package init(text: String, advice: String) {
        self.text = text
        self.advice = advice
    }
}

/// A read model on the disk, or as the daemon says it is.
package struct FoldGlance: Sendable, Equatable {
    package var name: String
    /// Of its rows; nil where nobody says.
    package var version: UInt32?
    /// The version that this program writes; nil where it has none.
    package var versionWritten: UInt32?
    /// Rows of these versions are served while they are replaced.
    package var versionsReadable: Set<UInt32>
    /// nil if there is none yet, or it cannot be read: then the next start builds it.
    package var position: Position?

    package init(
        name: String, version: UInt32?, versionWritten: UInt32?, versionsReadable: Set<UInt32>, position: Position?
    ) {
        self.name = name
        self.version = version
        self.versionWritten = versionWritten
        self.versionsReadable = versionsReadable
        self.position = position
    }
}

package struct BackupGlance: Sendable, Equatable {
    package var made: Instant
    package var position: Position
    /// Where it lies; nil if only the daemon's figures were seen.
    package var path: String?
    /// The oldest that the operator finds good enough, in seconds.
    package var ageSecondsMax: Int64

    package init(made: Instant, position: Position, path: String?, ageSecondsMax: Int64) {
        self.made = made
        self.position = position
        self.path = path
        self.ageSecondsMax = ageSecondsMax
    }

    /// As the daemon's figures say it: seconds since 1970 UTC, and the last position.
    package init(seconds: Int64, position: UInt64, ageSecondsMax: Int64) {
        self.init(
            made: Instant(microseconds: seconds * 1_000_000), position: Position(position), path: nil,
            ageSecondsMax: ageSecondsMax)
    }
}

/// A replay that is kept.
package struct ReplayGlance: Sendable, Equatable {
    package var id: String
    package var kind: String
    package var state: String
    package var attempt: Int
    /// Why it did not succeed.
    package var error: String?

    package init(id: String, kind: String, state: String, attempt: Int, error: String?) {
        self.id = id
        self.kind = kind
        self.state = state
        self.attempt = attempt
        self.error = error
    }
}

/// What the daemon says of itself.
package struct DaemonGlance: Sendable, Equatable {
    package struct ReadModel: Sendable, Equatable {
        package var name: String
        package var position: UInt64
        package var lagEvents: UInt64
        package var lagSeconds: Int64

        package init(name: String, position: UInt64, lagEvents: UInt64, lagSeconds: Int64) {
            self.name = name
            self.position = position
            self.lagEvents = lagEvents
            self.lagSeconds = lagSeconds
        }
    }

    package struct Map: Sendable, Equatable {
        package var name: String
        package var usedBytes: UInt64
        package var mapBytes: UInt64

        package init(name: String, usedBytes: UInt64, mapBytes: UInt64) {
            self.name = name
            self.usedBytes = usedBytes
            self.mapBytes = mapBytes
        }
    }

    package var version: String
    package var ledgerIdentity: String
    package var head: UInt64
    /// As an absolute path; nil from a daemon that does not say.
    package var dataPath: String?
    /// The process at the other end of the socket; nil if the kernel does not say.
    package var processID: Int32?
    package var readOnlyReason: String?
    /// Why it should not be asked now, a sentence each.
    package var notReady: [String]
    package var troubles: [String]
    package var readModels: [ReadModel]
    package var maps: [Map]
    /// Seconds since each component's last sign of life; empty from a daemon that does not say.
    package var heartbeatSeconds: [String: Int64] = [:]
    /// At the rate of the last minutes; nil while it does not fill.
    package var secondsUntilFull: Int64?

    package init(
        version: String, ledgerIdentity: String, head: UInt64, dataPath: String?, processID: Int32?,
        readOnlyReason: String?, notReady: [String], troubles: [String], readModels: [ReadModel], maps: [Map]
    ) {
        self.version = version
        self.ledgerIdentity = ledgerIdentity
        self.head = head
        self.dataPath = dataPath
        self.processID = processID
        self.readOnlyReason = readOnlyReason
        self.notReady = notReady
        self.troubles = troubles
        self.readModels = readModels
        self.maps = maps
    }
}
