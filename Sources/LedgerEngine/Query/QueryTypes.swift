package import CampaignDomain
package import EventLog

/// As of when a question is asked.
package struct Query: Sendable {
    /// What was so: events with time ≤ `at` count. Nil is the clock when the question is answered.
    package var at: Instant?
    /// What was known: events up to that position. Nil is all.
    package var position: Position?
    /// Wait until the read models stand at this position or later.
    package var minPosition: Position?

    package init(at: Instant? = nil, position: Position? = nil, minPosition: Position? = nil) {
        self.at = at
        self.position = position
        self.minPosition = minPosition
    }
}

/// The versions of the policies in force; 0 are the defaults.
package struct PolicyVersions: Sendable, Equatable {
    package var advocacy: Int64
    package var tax: Int64
    package var trust: Int64

    init(_ view: DirectoryView) {
        advocacy = view.policyVersion(.advocacy)
        tax = view.policyVersion(.tax)
        trust = view.policyVersion(.trust)
    }
}

/// An answer with what it is an answer of.
package struct Answer<Value: Sendable>: Sendable {
    package var value: Value
    /// The events it has seen: up to this position.
    package var position: Position
    /// The log's head when it was answered.
    package var head: Position
    package var at: Instant
    package var policyVersion: PolicyVersions

    /// Another value of the same moment.
    package func with<Other: Sendable>(_ value: Other) -> Answer<Other> {
        Answer<Other>(value: value, position: position, head: head, at: at, policyVersion: policyVersion)
    }
}

/// Part of a list.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// The key to go on after; nil at the end.
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

/// Why a question has no answer.
package enum QueryFault: Error, Sendable {
    /// `position` is beyond the log's head.
    case positionBeyondHead(Position, head: Position)
    /// No event of the influencer, or none that names the campaign, counts as of the question.
    case unknownInfluencer(String)
    case unknownCampaign(String)
    /// `minPosition` was not reached in time.
    case minPositionTimeout(Position, stands: Position)
    /// The table of the lists is not there or too old: says where it stands.
    case listsBehind(String)
    /// A record is not what was written.
    case corruptRecord(Position, String)
    /// The storage could not be read.
    case storage(String)
    /// The ledger is being closed.
    case closed
}

/// An influencer in a list.
package struct InfluencerItem: Sendable {
    package var id: String
    package var answer: InfluencerAnswer
}

/// A campaign: its opening, if it is known, and its end.
package struct CampaignItem: Sendable {
    package var id: String
    package var campaign: CampaignView?
    /// When it was closed.
    package var closed: Instant?
}

/// An influencer of whom an event names a campaign.
package struct CampaignInfluencer: Sendable {
    package var id: String
    package var tier: Tier
    package var score: Score
    package var stage: Stage
    /// What was agreed, if anything was.
    package var collaboration: CollaborationSummary?
    /// Amounts in this campaign, by currency.
    package var compensation: [CurrencyAmounts]
}

/// All versions of one kind of policy.
package struct PolicyHistory: Sendable {
    package var kind: PolicyKind
    /// The version in force; 0 are the defaults.
    package var inForce: Int64
    /// Parameters in force, in the order of the kind's table.
    package var parameters: [Int64]
    package var versions: [Version]

    package struct Version: Sendable {
        package var version: Int64
        package var time: Instant
        package var effectiveFrom: Instant
        package var position: Position
        package var parameters: [Int64]
    }
}

/// The state of the ledger, for operators.
package struct LedgerStatus: Sendable {
    package var version: String
    package var ledgerID: String
    /// From the root, where that is known.
    package var dataDirectory: String
    package var head: Position
    package var readModels: [ReadModel]
    package var sizes: [Size]
    package var oldestReaderSeconds: Int
    package var queueDepth: Int
    package var durability: String
    package var readOnlyReason: String?
    package var troubles: [String]
    /// What will go wrong if nobody does anything, a sentence each.
    package var warnings: [String]
    /// The last signs of life of the threads that have begun.
    package var heartbeats: [Heartbeat]
    /// How much room there was a moment ago; nil if the system does not say.
    package var space: SpaceMeasure?
    package var uptimeSeconds: Int

    package struct ReadModel: Sendable {
        package var name: String
        /// Of the fold that made it; nil for what is in memory only.
        package var version: UInt32?
        /// Whether another one is to take over; nil for what is in memory only.
        package var isBeingReplaced: Bool?
        /// What queries see.
        package var position: Position
        /// What is durable; the rest is folded again after a crash.
        package var checkpointPosition: Position
        /// Head − position.
        package var lagEvents: UInt64
        /// How long ago the oldest event not yet seen was recorded.
        package var lagSeconds: Int
        /// Nobody asks for it, so it is brought on rarely and its lag is of no matter.
        package var isIdle: Bool
    }

    package struct Heartbeat: Sendable {
        package var component: Heartbeats.Component
        /// How long ago; 0 while it rests.
        package var ageNanoseconds: UInt64
    }

    package struct Size: Sendable {
        package var name: String
        package var fileBytes: UInt64
        package var usedBytes: UInt64
        package var mapBytes: UInt64
        /// Snapshots that are open, and how long the oldest has been.
        package var readers: Int
        package var oldestReaderNanoseconds: UInt64
    }
}

/// Whether the ledger should be asked.
package enum Readiness: Sendable, Equatable {
    case ready
    case notReady([String])
}
