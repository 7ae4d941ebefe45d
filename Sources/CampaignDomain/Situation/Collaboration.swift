/// One influencer in one campaign at a moment: what was agreed, when it is due and what of it was met.
struct Collaboration {
    let agreement: Agreement
    let ending: Ending?
    /// The first delivery of which some quantity counts.
    let firstDelivery: Stamp?
    /// When the deliverables are due; nil: not known yet.
    let due: Instant?
    /// Places in the situation's posts: those that meet a deliverable.
    let metPosts: [Int]
    /// How many deliverables the due passed without a post.
    let missed: Int

    var campaign: Int { agreement.campaign }

    /// - Parameter deliveredAt: the first delivery in the campaign.
    static func due(_ agreement: Agreement, deliveredAt: Stamp?) -> Instant? {
        if let deliveredAt { return deliveredAt.time.adding(days: agreement.deadlineDays) }
        switch agreement.kind {
        case .paid, .affiliate: return agreement.stamp.time.adding(days: agreement.deadlineDays)
        case .gift, .ambassador: return nil
        }
    }
}
