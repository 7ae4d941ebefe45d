/// One influencer's events that count at a moment, sorted out by the things they are about.
///
/// Read once from the row's facts; trust, advocacy, compensation and what explains them are functions of it. All events
/// that count are kept, repeats and those that wait for another too. Things and names are numbers (`NameTable`): a post
/// is its index in `posts`, whether its publication is known or not.
///
/// Holds the order that decides ties of time, which reads the log: make it and use it within one read of the log.
public struct Evidence {
    public internal(set) var asOf: AsOf
    /// The earliest time of an event known but dated after `at`: what is said changes then. Nil: none is.
    public internal(set) var nextFactTime: Instant?
    /// How many events count.
    public internal(set) var count = 0
    let order: any IdentityOrder

    // Names, each table's index being that of the thing of the name.
    var campaignNames = NameTable()
    var brandNames = NameTable()
    var topicNames = NameTable()
    var platformNames = NameTable()
    var postNames = NameTable()
    var shipmentNames = NameTable()
    var orderNames = NameTable()
    var feeNames = NameTable()
    var payoutNames = NameTable()
    var withholdingNames = NameTable()

    // Events, in the order they were recorded but where said.
    var registrations: [Registration] = []
    var audiences: [Audience] = []
    var invitations: [Invitation] = []
    var replies: [Reply] = []
    var agreements: [Agreement] = []
    var endings: [Ending] = []
    var conversations: [Conversation] = []
    var publications: [Publication] = []
    var removals: [Removal] = []
    var reviews: [Review] = []
    var snapshots: [Snapshot] = []
    var sendings: [Sending] = []
    /// By shipment, then (time, source, id).
    var movements: [Movement] = []
    var sales: [Sale] = []
    /// Reversals and approvals, by order, then (time, source, id).
    var orderEvents: [OrderEvent] = []
    var accruals: [Accrual] = []
    var cancellations: [Cancellation] = []
    var initiations: [Initiation] = []
    var resolutions: [Resolution] = []
    var withholdings: [Withholding] = []
    /// Topics and brands of all posts and registrations; the events say which are theirs.
    var topicLists: [Int32] = []
    var brandLists: [Int32] = []

    // Which events count for each thing: the earliest of what happens once, the newest of what is seen again and again.
    var registration: EventIndex = .none
    var audience: EventIndex = .none
    var collaborations: [CollaborationState] = []
    var posts: [PostState] = []
    var shipments: [EventIndex] = []
    var orders: [EventIndex] = []
    var fees: [FeeState] = []
    var payouts: [PayoutState] = []
    var withheld: [EventIndex] = []

    /// Reads the facts that count: those known at the position, not retracted as known then, and not dated after `at`.
    ///
    /// - Parameter rows: whole facts in the order of their positions, all of one influencer's stream.
    public init(rows: [[UInt8]], asOf: AsOf, order: some IdentityOrder) {
        self.init(asOf: asOf, order: order)
        let retracted = Evidence.retracted(in: rows, asOf)
        for row in rows {
            var reader = FactReader(row)
            while !reader.isAtEnd {
                let header = reader.readHeader()
                if isInTime(header, retracted) { count(header, from: &reader) } else { reader.skip(to: header.end) }
            }
        }
        settleMoney()
    }

    /// Evidence of nothing yet.
    init(asOf: AsOf, order: some IdentityOrder) {
        self.asOf = asOf
        self.order = order
    }

    /// Takes in a fact whose header was read. Afterwards `settleMoney()` has to be called.
    mutating func count(_ header: FactHeader, from reader: inout FactReader) {
        count += 1
        add(header.type, header.stamp, from: &reader)
        precondition(
            reader.index == header.end, "the fact at position \(header.stamp.position.rawValue) has a wrong length")
    }

    /// Whether nothing of the influencer counts: at that moment the influencer is not known.
    public var isEmpty: Bool { count == 0 }

    /// The campaigns that events which count name, sorted.
    public var campaignIDs: [String] {
        (0..<campaignNames.count).map { campaignNames.name($0) }.sorted()
    }

    private mutating func isInTime(_ header: FactHeader, _ retracted: Set<FactPosition>) -> Bool {
        guard Evidence.counts(header, asOf, retracted) else { return false }
        guard header.stamp.time > asOf.at else { return true }
        nextFactTime = min(nextFactTime ?? header.stamp.time, header.stamp.time)
        return false
    }

    /// Whether a fact is known and not retracted, and so counts from its time on.
    static func counts(_ header: FactHeader, _ asOf: AsOf, _ retracted: Set<FactPosition>) -> Bool {
        header.type != .eventRetracted && asOf.knows(header.stamp.position)
            && (retracted.isEmpty || !retracted.contains(header.stamp.position))
    }

    /// The targets of all retractions known, whatever their own time (Projections, section 0, rule 3).
    static func retracted(in rows: [[UInt8]], _ asOf: AsOf) -> Set<FactPosition> {
        var targets: Set<FactPosition> = []
        for row in rows {
            var reader = FactReader(row)
            while !reader.isAtEnd {
                // Retractions are rare: the other facts' headers are not read for them.
                guard reader.nextType == .eventRetracted else {
                    reader.skipFact()
                    continue
                }
                let header = reader.readHeader()
                if asOf.knows(header.stamp.position) { targets.insert(EventRetracted(from: &reader).target) }
                reader.skip(to: header.end)
            }
        }
        return targets
    }
}
