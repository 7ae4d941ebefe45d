/// A realistic influencer programme of any size as CloudEvents, one JSON line each of about 300 bytes, in the order in
/// which services would post them.
///
/// Events follow each other as in life: an invitation is answered, agreed, a product sent, delivered, posted about,
/// its engagement measured four times, sales attributed, approved, paid. Every event is valid by itself; a small share
/// is trouble that the projections must bear: late events, references to things unknown, missing disclosure, deliveries
/// beyond what was sent, failed payouts, counters that shrink.
///
/// Memory holds a few dozen bytes for each influencer and each follow-up in flight, and nothing for what is done.
/// No clock, no system randomness, no floating point: the same settings give the same bytes.
package struct Simulation: Sendable {
    package let settings: SimulationSettings
    /// Events written so far.
    package internal(set) var written = 0

    let brands: Int
    /// How many influencers join: as many as asked for, if there are events enough.
    let influencersMax: Int
    let campaignsMax: Int
    let span: Int64
    let delays: [Int64]

    var random: SplitMix64
    var influencers: [SimulatedInfluencer] = []
    var campaignsOpened = 0
    var campaignsClosed = 0
    var policyPublished = false
    var queues = [FollowUpQueue](repeating: FollowUpQueue(), count: Delay.allCases.count)
    /// When the next follow-up is due, over all queues.
    var earliestDue = Int64.max
    /// Of each of the latest events the influencer, for retractions.
    var recentSubjects = [UInt32](repeating: .max, count: 64)

    /// When the event being written is posted.
    var now = SimulatedInstant(microseconds: 0)
    /// When it happened: now, but for events that come late.
    var time = SimulatedInstant(microseconds: 0)

    /// - Throws: `SimulationFault` if the settings do not make a programme.
    package init(_ settings: SimulationSettings) throws(SimulationFault) {
        try settings.check()
        self.settings = settings
        random = SplitMix64(seed: settings.seed)
        let members = max(1, min(settings.influencers, settings.events / SimulationSettings.eventsPerInfluencerMin))
        influencersMax = members
        campaignsMax = max(4, members / 40)
        brands = max(3, campaignsMax / 6)
        let span = settings.to.microseconds - settings.from.microseconds
        self.span = span
        delays = Delay.allCases.map { $0.microseconds(in: span) }
        influencers.reserveCapacity(members)
    }

    /// Appends the next event as one line that ends with LF.
    /// - Returns: false, with nothing appended, when all events are written.
    package mutating func next(into bytes: inout [UInt8]) -> Bool {
        guard written < settings.events else { return false }
        now = timeOfSlot(written)
        time = now
        recentSubjects[written & 63] = .max
        if earliestDue <= now.microseconds {
            perform(takeFollowUp(), &bytes)
        } else {
            begin(&bytes)
        }
        bytes.append(10)
        written += 1
        return true
    }

    /// Events lie evenly over the span, each somewhere in the first half of its slot, so that times only grow.
    private mutating func timeOfSlot(_ slot: Int) -> SimulatedInstant {
        let events = Int64(settings.events)
        let (high, low) = span.multipliedFullWidth(by: Int64(slot))
        let start = events.dividingFullWidth((high, low)).quotient
        let jitter = Int64(random.below(Int(min(span / events / 2, Int64(UInt32.max)))))
        return SimulatedInstant(microseconds: settings.from.microseconds + start + jitter)
    }

    // MARK: Follow-ups

    mutating func schedule(
        _ step: FollowUp.Step, after delay: Delay, influencer: Int, campaign: Int = 0, number: Int = 0,
        amount: Int = 0, stage: Int = 0
    ) {
        let item = FollowUp(
            due: now.microseconds + delays[delay.rawValue], influencer: UInt32(influencer), campaign: UInt32(campaign),
            number: UInt32(number), amount: UInt32(clamping: amount), stage: UInt16(stage), step: step)
        queues[delay.rawValue].push(item)
        earliestDue = min(earliestDue, item.due)
    }

    private mutating func takeFollowUp() -> FollowUp {
        var first = 0
        for index in 1..<queues.count where queues[index].earliestDue < queues[first].earliestDue {
            first = index
        }
        let item = queues[first].pop()
        earliestDue = .max
        for queue in queues {
            earliestDue = min(earliestDue, queue.earliestDue)
        }
        return item
    }

    // MARK: Derived facts

    func campaign(_ number: Int) -> SimulatedCampaign {
        SimulatedCampaign(number: number, brands: brands, seed: settings.seed)
    }

    func terms(_ influencer: Int, _ campaign: Int) -> SimulatedTerms {
        SimulatedTerms(influencer: influencer, campaign: campaign, seed: settings.seed)
    }
}
