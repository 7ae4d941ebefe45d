// The events of an influencer's evidence: what the projections read of each, with names as numbers. `campaign`, `post`
// and the like are indexes in the evidence's name tables.

struct Registration: Stamped {
    let stamp: Stamp
    let platform: Int
    let country: String?
    let niches: Range<Int>
}

struct Audience: Stamped {
    let stamp: Stamp
    let followers: Int64
    let suspiciousBp: Int64?
}

struct Invitation: Stamped {
    let stamp: Stamp
    let campaign: Int
}

struct Reply: Stamped {
    let stamp: Stamp
    let campaign: Int
    let answer: OutreachAnswer
    let reason: DeclineReason?
}

struct Agreement: Stamped {
    let stamp: Stamp
    let campaign: Int
    let kind: CollaborationKind
    let deliverables: Int
    let deadlineDays: Int
    let commissionBp: Int64?
    let termDays: Int?
}

struct Ending: Stamped {
    let stamp: Stamp
    let campaign: Int
    let reason: EndReason
}

/// Comments and direct messages of a window, together.
struct Conversation: Stamped {
    let stamp: Stamp
    let received: Int64
    let replied: Int64
}

struct Publication: Stamped {
    let stamp: Stamp
    let post: Int
    let platform: Int
    /// Where its topics and brands lie in the evidence's lists.
    let topics: Range<Int>
    let brands: Range<Int>
    let campaign: Int?
    let connection: Connection
    let disclosure: Disclosure?

    var isSponsored: Bool { connection != .none }
}

struct Removal: Stamped {
    let stamp: Stamp
    let post: Int
}

/// An assessment of a post's disclosure.
struct Review: Stamped {
    let stamp: Stamp
    let post: Int
    let verdict: Verdict
}

/// A post's counters as seen at a time.
struct Snapshot: Stamped {
    let stamp: Stamp
    let post: Int
    let counters: EngagementCounters
}

struct Sending: Stamped {
    let stamp: Stamp
    let campaign: Int
    let shipment: Int
    let quantity: Int64
    let unitCost: Money
    let unitValue: Money
}

struct Movement: Stamped {
    enum Kind { case delivered, returned, lost }

    let stamp: Stamp
    let campaign: Int
    let shipment: Int
    let kind: Kind
    let quantity: Int64
    /// What of the quantity the shipment holds; the rest is an exception.
    var counted: Int64 = 0
}

struct Sale: Stamped {
    let stamp: Stamp
    let campaign: Int
    let order: Int
    let net: Money
}

struct OrderEvent: Stamped {
    enum Kind { case reversed(Money), approved }

    let stamp: Stamp
    let campaign: Int
    let order: Int
    let kind: Kind
}

struct Accrual: Stamped {
    let stamp: Stamp
    let campaign: Int
    let fee: Int
    let kind: FeeKind
    let amount: Money
}

struct Cancellation: Stamped {
    let stamp: Stamp
    let campaign: Int
    let fee: Int
}

struct Initiation: Stamped {
    let stamp: Stamp
    let campaign: Int
    let payout: Int
    let amount: Money
}

struct Resolution: Stamped {
    let stamp: Stamp
    let campaign: Int
    let payout: Int
    let isSettled: Bool
}

struct Withholding: Stamped {
    let stamp: Stamp
    let campaign: Int
    let withholding: Int
    let amount: Money
}
