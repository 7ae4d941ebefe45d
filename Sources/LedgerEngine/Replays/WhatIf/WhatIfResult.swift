package import CampaignDomain
package import EventLog

/// How many would be other under other policies; who and how is in the job's changes.
package struct WhatIfResult: Sendable, Equatable {
    /// As of when everyone was evaluated.
    package var position: Position
    package var at: Instant
    /// Influencers evaluated, and those of whom something changes.
    package var influencers: UInt64
    package var changed: UInt64
    /// The kinds that were replaced, in their order.
    package var policies: [PolicyKind]

    package init(position: Position, at: Instant, influencers: UInt64, changed: UInt64, policies: [PolicyKind]) {
        self.position = position
        self.at = at
        self.influencers = influencers
        self.changed = changed
        self.policies = policies
    }
}
