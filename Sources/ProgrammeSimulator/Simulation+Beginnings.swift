// What begins without a cause: joining, opening, posting, talking, inviting, measuring.
extension Simulation {
    /// Writes one event that no earlier one asked for.
    mutating func begin(_ bytes: inout [UInt8]) {
        if campaignsOpened < campaignTarget {
            return openCampaign(&bytes)
        }
        if influencers.count < memberTarget {
            return register(&bytes)
        }
        if retractIfDue(&bytes) || publishPolicyIfDue(&bytes) {
            return
        }
        let influencer = pickInfluencer()
        switch random.below(415) {
        case ..<85: publishOrganicPost(influencer, &bytes)
        case ..<360: converse(influencer, &bytes)
        case ..<385: measureAudience(influencer, &bytes)
        default: invite(influencer, &bytes)
        }
    }

    /// Four in ten are members from the first twentieth of the programme on, the rest join over three quarters of it.
    private var memberTarget: Int {
        let early = influencersMax * 4 / 10 + 1
        let twentieth = settings.events / 20 + 1
        if written < twentieth {
            return min(early, early * (written + 1) / twentieth + 1)
        }
        let rest = influencersMax - early
        return min(influencersMax, early + rest * (written - twentieth) / (settings.events * 3 / 4 + 1) + 1)
    }

    /// A quarter of the campaigns opens at once, the rest one after another.
    private var campaignTarget: Int {
        let first = max(2, campaignsMax / 4)
        guard written >= settings.events / 50 else {
            return max(1, min(first, first * (written + 1) / (settings.events / 50 + 1) + 1))
        }
        return min(campaignsMax, first + (campaignsMax - first) * written / max(1, settings.events))
    }

    /// Who joined early is busier: half of the picks take the product of two draws.
    private mutating func pickInfluencer() -> Int {
        let bits = random.next()
        let first = ((bits >> 32) &* UInt64(influencers.count)) >> 32
        guard bits & 1 == 0 else { return Int(first) }
        return Int((first &* (bits & 0xFFFF_FFFF)) >> 32)
    }

    private mutating func openCampaign(_ bytes: inout [UInt8]) {
        let number = campaignsOpened
        let facts = campaign(number)
        campaignsOpened += 1
        open("campaign.opened", from: .media, &bytes)
        bytes.write("\"campaignId\":\"campaign-", numbered: number + 1, digits: 5)
        bytes.write(",\"brandId\":\"brand-", numbered: facts.brand + 1, digits: 4)
        bytes.write(",\"topics\":[\"")
        bytes.write(Vocabulary.topics[Int(facts.topic)])
        bytes.write("\",\"")
        bytes.write(Vocabulary.topics[Int(facts.secondTopic)])
        bytes.write("\"]")
        bytes.write(
            ",\"budget\":", minorUnits: facts.currency.minorUnits(ofCents: facts.budgetCents), facts.currency)
        let day = time.microseconds / SimulatedInstant.microsecondsPerDay
        bytes.write(",\"startsOn\":\"")
        bytes.writeDay(day)
        bytes.write("\",\"endsOn\":\"")
        bytes.writeDay(day + 90)
        bytes.append(34)
        close(&bytes)
        schedule(.closing, after: .quarter, influencer: 0, campaign: number)
        if random.happens(bp: 6_000) {
            schedule(.adFlight, after: .week, influencer: 0, campaign: number, stage: 1)
        }
    }

    private mutating func register(_ bytes: inout [UInt8]) {
        let number = influencers.count
        let member = SimulatedInfluencer(&random)
        influencers.append(member)
        open("influencer.registered", from: .registry, influencer: number, &bytes)
        bytes.write(",\"platform\":\"", word: Vocabulary.platforms[Int(member.platform)])
        if random.happens(bp: 8_000) {
            bytes.write(",\"country\":\"", word: Vocabulary.countries[random.below(Vocabulary.countries.count)])
        }
        bytes.write(",\"niches\":[\"")
        for place in 0..<Int(member.nicheCount) {
            bytes.write(place == 0 ? "" : "\",\"")
            bytes.write(Vocabulary.topics[Int(member.niche(place))])
        }
        bytes.write("\"]")
        close(&bytes)
        schedule(.audience, after: .hour, influencer: number)
    }

    /// A window of conversations since about a week; one in two thousand is of somebody who never registered.
    mutating func converse(_ influencer: Int, _ bytes: inout [UInt8]) {
        maybeLate()
        let unknown = random.happens(bp: 5)
        let member = influencers[influencer]
        let replies = Int(member.repliesPercent)
        open(
            "conversation.recorded", from: .messages,
            influencer: unknown ? influencersMax + influencer % 7 : influencer, &bytes)
        let window = delays[Delay.week.rawValue] + Int64(random.below(3_600)) * SimulatedInstant.microsecondsPerSecond
        bytes.write(",\"from\":\"")
        bytes.write(SimulatedInstant(microseconds: max(0, time.microseconds - window)))
        bytes.append(34)
        let comments = random.below(60)
        let messages = random.below(25)
        bytes.write(",\"commentsReceived\":", number: comments)
        bytes.write(",\"commentsReplied\":", number: share(of: comments, percent: replies))
        bytes.write(",\"directMessagesReceived\":", number: messages)
        bytes.write(",\"directMessagesReplied\":", number: share(of: messages, percent: replies))
        close(&bytes)
    }

    /// About `percent` of `count`, never more than all.
    private mutating func share(of count: Int, percent: Int) -> Int {
        min(count, (count * percent + random.below(100)) / 100)
    }

    mutating func measureAudience(_ influencer: Int, _ bytes: inout [UInt8]) {
        let grown = Int(influencers[influencer].followers) * random.within(9_950...10_150) / 10_000
        influencers[influencer].followers = UInt32(min(max(1, grown), SimulatedInfluencer.followersMax))
        let member = influencers[influencer]
        open("audience.measured", from: .listening, influencer: influencer, &bytes)
        bytes.write(",\"followers\":", number: Int(member.followers))
        bytes.write(",\"following\":", number: random.within(80...1_800))
        bytes.write(",\"posts\":", number: Int(member.posts) + 40)
        if random.happens(bp: 7_000) {
            bytes.write(",\"suspiciousBp\":", number: Int(member.suspiciousBp))
        }
        close(&bytes)
    }
}
