/// What is to come of an event that was written: one event more, of a known kind, at about a known time.
struct FollowUp: Sendable {
    /// Microseconds since 1970 from which it may be written.
    var due: Int64
    var influencer: UInt32
    var campaign: UInt32
    /// The number of the thing it is about: a post, shipment, order, fee or payout of that influencer.
    var number: UInt32
    /// What it is about in size: likes at the end, minor units, a quantity.
    var amount: UInt32
    /// A step's own counter.
    var stage: UInt16
    var step: Step

    enum Step: UInt8, Sendable {
        case audience, answer, agreement, sending, delivery, giveBack, sponsoredPost, engagement, assessment, removal
        case fee, feeCancellation, withholding, payout, payoutEnd, sale, reversal, approval, end
        case adFlight, closing
    }
}

/// How long a follow-up takes. Each class has one queue, so that due follow-ups come out in order without a heap.
enum Delay: Int, CaseIterable, Sendable {
    case hour, day, threeDays, week, month, quarter

    /// Microseconds until it is due in a programme of `span` microseconds: in a short one everything happens sooner,
    /// which also bounds how many follow-ups wait at once.
    func microseconds(in span: Int64) -> Int64 {
        switch self {
        case .hour: min(SimulatedInstant.microsecondsPerHour, span / 64)
        case .day: min(SimulatedInstant.microsecondsPerDay, span / 32)
        case .threeDays: min(3 * SimulatedInstant.microsecondsPerDay, span / 24)
        case .week: min(7 * SimulatedInstant.microsecondsPerDay, span / 16)
        case .month: min(30 * SimulatedInstant.microsecondsPerDay, span / 8)
        case .quarter: min(90 * SimulatedInstant.microsecondsPerDay, span / 4)
        }
    }
}

/// First in, first out, in a ring that doubles when it is full.
struct FollowUpQueue: Sendable {
    private var ring: [FollowUp] = []
    private var head = 0
    private(set) var count = 0

    /// When the first one is due; never, if there is none.
    var earliestDue: Int64 {
        count == 0 ? .max : ring[head].due
    }

    mutating func push(_ item: FollowUp) {
        if count == ring.count {
            grow(with: item)
        }
        ring[(head + count) & (ring.count - 1)] = item
        count += 1
    }

    /// The first one. The queue must not be empty.
    mutating func pop() -> FollowUp {
        precondition(count > 0, "a follow-up is only taken when one is due")
        let item = ring[head]
        head = (head + 1) & (ring.count - 1)
        count -= 1
        return item
    }

    private mutating func grow(with filler: FollowUp) {
        var larger: [FollowUp] = []
        larger.reserveCapacity(max(64, ring.count * 2))
        larger.append(contentsOf: ring[head...])
        larger.append(contentsOf: ring[..<head])
        larger.append(contentsOf: repeatElement(filler, count: max(64, ring.count * 2) - ring.count))
        ring = larger
        head = 0
    }
}
