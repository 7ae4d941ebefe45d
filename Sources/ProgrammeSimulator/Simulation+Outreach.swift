// Inviting, answering, agreeing, ending.
extension Simulation {
    /// Invites to an open campaign that has not invited before, one that fits if one is near; there may be none.
    mutating func invite(_ influencer: Int, _ bytes: inout [UInt8]) {
        let member = influencers[influencer]
        let lowest = max(Int(member.invitedBelow), campaignsClosed)
        guard lowest < campaignsOpened else {
            return converse(influencer, &bytes)
        }
        let number = fittingCampaign(for: member, from: lowest)
        influencers[influencer].invitedBelow = UInt32(number + 1)
        open("outreach.sent", from: .relations, influencer: influencer, campaign: number, &bytes)
        bytes.write(",\"channel\":\"", word: Vocabulary.channels[random.below(Vocabulary.channels.count)])
        close(&bytes)
        if random.happens(bp: 9_000) {
            schedule(.answer, after: .day, influencer: influencer, campaign: number)
        }
    }

    private mutating func fittingCampaign(for member: SimulatedInfluencer, from lowest: Int) -> Int {
        let choices = min(campaignsOpened - lowest, 24)
        let first = lowest + random.below(choices)
        for offset in 0..<min(6, choices) {
            let number = lowest + (first - lowest + offset) % choices
            let facts = campaign(number)
            if member.isHome(facts.topic) || member.isHome(facts.secondTopic) {
                return number
            }
        }
        return first
    }

    mutating func answer(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        let number = Int(item.campaign)
        let facts = campaign(number)
        let fits = influencers[influencer].isHome(facts.topic) || influencers[influencer].isHome(facts.secondTopic)
        let draw = random.below(100)
        let accepts = draw < (fits ? 72 : 45)
        let counters = !accepts && draw >= 88
        open("outreach.answered", from: .relations, influencer: influencer, campaign: number, &bytes)
        if accepts {
            bytes.write(",\"answer\":\"accepted\"")
        } else if counters {
            bytes.write(",\"answer\":\"countered\",\"reason\":\"fee\"")
        } else {
            bytes.write(",\"answer\":\"declined\"")
            bytes.write(
                ",\"reason\":\"",
                word: fits ? Vocabulary.declineReasons[random.below(Vocabulary.declineReasons.count)] : "offNiche")
        }
        close(&bytes)
        if accepts || (counters && random.happens(bp: 5_000)) {
            schedule(.agreement, after: .hour, influencer: influencer, campaign: number)
        }
    }

    mutating func agree(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        let number = Int(item.campaign)
        let terms = terms(influencer, number)
        let currency = campaign(number).currency
        open("collaboration.agreed", from: .relations, influencer: influencer, campaign: number, &bytes)
        bytes.write(",\"kind\":\"", word: Vocabulary.kinds[terms.kind.rawValue])
        bytes.write(",\"deliverables\":", number: terms.deliverables)
        bytes.write(",\"deadlineDays\":", number: terms.deadlineDays)
        if terms.feeCents > 0 {
            bytes.write(",\"fee\":", minorUnits: currency.minorUnits(ofCents: terms.feeCents), currency)
        }
        if terms.commissionBp > 0 {
            bytes.write(",\"commissionBp\":", number: terms.commissionBp)
        }
        bytes.write(",\"jurisdiction\":\"", word: Vocabulary.jurisdictions[terms.jurisdiction])
        if terms.kind == .ambassador {
            bytes.write(",\"termDays\":365")
        }
        close(&bytes)
        planCollaboration(influencer, number, terms)
    }

    private mutating func planCollaboration(_ influencer: Int, _ number: Int, _ terms: SimulatedTerms) {
        if terms.kind == .gift || random.happens(bp: 6_000) {
            schedule(.sending, after: .day, influencer: influencer, campaign: number)
        }
        if random.happens(bp: 9_300) {
            schedule(.sponsoredPost, after: .week, influencer: influencer, campaign: number, stage: terms.deliverables)
        }
        if terms.feeCents > 0 {
            schedule(.fee, after: .week, influencer: influencer, campaign: number, amount: terms.feeCents)
        }
        if terms.commissionBp > 0 {
            schedule(.sale, after: .week, influencer: influencer, campaign: number, stage: 12)
        }
        schedule(.end, after: .quarter, influencer: influencer, campaign: number)
    }

    mutating func end(_ item: FollowUp, _ bytes: inout [UInt8]) {
        influencers[Int(item.influencer)].favouriteCampaign = item.campaign + 1
        open(
            "collaboration.ended", from: .relations, influencer: Int(item.influencer), campaign: Int(item.campaign),
            &bytes)
        let draw = random.below(100)
        bytes.write(",\"reason\":\"", word: Vocabulary.endReasons[draw < 92 ? 0 : draw < 98 ? 1 : 2])
        close(&bytes)
    }
}
