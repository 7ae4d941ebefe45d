// Posts, what became of them, and how many saw them.
extension Simulation {
    mutating func publishOrganicPost(_ influencer: Int, _ bytes: inout [UInt8]) {
        maybeLate()
        let member = influencers[influencer]
        let number = beginPost(influencer, &bytes)
        let home = random.happens(bp: 8_200)
        let topic =
            home ? Int(member.niche(random.below(3))) : random.below(Vocabulary.topics.count)
        writeTopics(topic, random.happens(bp: 3_000) ? (topic + 5) % Vocabulary.topics.count : nil, &bytes)
        if random.happens(bp: member.favouriteCampaign > 0 ? 2_500 : 500) {
            let brand =
                member.favouriteCampaign > 0 ? campaign(Int(member.favouriteCampaign) - 1).brand : random.below(brands)
            bytes.write(",\"brandIds\":[\"brand-", numbered: brand + 1, digits: 4)
            bytes.append(93)
        }
        bytes.write(",\"connection\":\"none\"")
        if random.happens(bp: 20) {
            // Nobody ever opens a campaign of this number.
            bytes.write(",\"campaignId\":\"campaign-", numbered: campaignsMax + 1, digits: 5)
        }
        bytes.write(",\"ext\":{\"hashtags\":", number: random.below(12))
        bytes.append(125)
        close(&bytes)
        planPost(influencer, number, sponsored: false)
    }

    mutating func publishSponsoredPost(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let influencer = Int(item.influencer)
        let facts = campaign(Int(item.campaign))
        let terms = terms(influencer, facts.number)
        let honest = random.below(100) < Int(influencers[influencer].honestyPercent)
        maybeLate()
        let number = beginPost(influencer, &bytes)
        let onTopic = random.happens(bp: 8_500)
        writeTopics(
            Int(onTopic ? facts.topic : influencers[influencer].niches.0), onTopic ? Int(facts.secondTopic) : nil,
            &bytes)
        bytes.write(",\"brandIds\":[\"brand-", numbered: facts.brand + 1, digits: 4)
        bytes.write("],\"campaignId\":\"campaign-", numbered: facts.number + 1, digits: 5)
        let connection: StaticString =
            terms.feeCents > 0 ? "fee" : terms.commissionBp > 0 ? "affiliate" : "gift"
        bytes.write(",\"connection\":\"", word: connection)
        bytes.write(",\"disclosure\":\"", word: Vocabulary.verdicts[honest ? 0 : random.within(1...2)])
        close(&bytes)
        planPost(influencer, number, sponsored: true)
        if item.stage > 1, random.happens(bp: 9_200) {
            schedule(
                .sponsoredPost, after: .threeDays, influencer: influencer, campaign: facts.number,
                stage: Int(item.stage) - 1)
        }
    }

    /// Writes a post's beginning and gives its number.
    private mutating func beginPost(_ influencer: Int, _ bytes: inout [UInt8]) -> Int {
        influencers[influencer].posts += 1
        let number = Int(influencers[influencer].posts)
        open("post.published", from: .listening, influencer: influencer, &bytes)
        bytes.write(",\"postId\":\"post-", numbered: number, digits: 5)
        bytes.write(",\"platform\":\"", word: Vocabulary.platforms[Int(influencers[influencer].platform)])
        return number
    }

    private func writeTopics(_ first: Int, _ second: Int?, _ bytes: inout [UInt8]) {
        bytes.write(",\"topics\":[\"")
        bytes.write(Vocabulary.topics[first])
        if let second {
            bytes.write("\",\"")
            bytes.write(Vocabulary.topics[second])
        }
        bytes.write("\"]")
    }

    private mutating func planPost(_ influencer: Int, _ number: Int, sponsored: Bool) {
        let member = influencers[influencer]
        let likes = Int(member.followers) * Int(member.engagementBp) / 10_000 * random.within(60...150) / 100
        schedule(.engagement, after: .hour, influencer: influencer, number: number, amount: likes, stage: 1)
        if sponsored ? random.happens(bp: 5_000) : random.happens(bp: 40) {
            schedule(.assessment, after: .threeDays, influencer: influencer, number: number, stage: sponsored ? 1 : 0)
        }
        if random.happens(bp: sponsored ? 200 : 60) {
            schedule(.removal, after: .month, influencer: influencer, number: number)
        }
    }

    /// One of four snapshots of a post: after an hour, a day, a week, a month.
    mutating func recordEngagement(_ item: FollowUp, _ bytes: inout [UInt8]) {
        maybeLate()
        let percent = [20, 62, 90, 100][Int(item.stage) - 1]
        // Platforms purge: one snapshot in a hundred shows less than the one before.
        let shown = random.happens(bp: 100) && item.stage > 1 ? percent / 3 : percent
        let likes = Int(item.amount) * shown / 100
        let traits = SplitMix64.mix(UInt64(item.influencer) << 32 | UInt64(item.number))
        let reach = likes * (6 + Int(traits % 20)) + shown
        let unknown = random.happens(bp: 10)
        open("engagement.recorded", from: .listening, influencer: Int(item.influencer), &bytes)
        bytes.write(
            ",\"postId\":\"post-", numbered: unknown ? Int(item.number) + 90_000 : Int(item.number), digits: 5)
        bytes.write(",\"likes\":", number: likes)
        bytes.write(",\"comments\":", number: likes * (1 + Int(traits >> 8 % 8)) / 100)
        bytes.write(",\"shares\":", number: likes * Int(traits >> 16 % 6) / 100)
        bytes.write(",\"saves\":", number: likes * Int(traits >> 24 % 9) / 100)
        if traits >> 32 % 3 == 0 {
            bytes.write(",\"views\":", number: reach * 2)
        }
        bytes.write(",\"reach\":", number: reach)
        bytes.write(",\"impressions\":", number: reach * 13 / 10)
        close(&bytes)
        scheduleNextSnapshot(item)
    }

    private mutating func scheduleNextSnapshot(_ item: FollowUp) {
        guard item.stage < 4 else { return }
        let delay: Delay = item.stage == 1 ? .day : item.stage == 2 ? .week : .month
        schedule(
            .engagement, after: delay, influencer: Int(item.influencer), number: Int(item.number),
            amount: Int(item.amount), stage: Int(item.stage) + 1)
    }

    mutating func assess(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let honest = random.below(100) < Int(influencers[Int(item.influencer)].honestyPercent)
        // Of posts without a campaign most need none; of sponsored ones saying so is one of the errors that happen.
        let verdict = item.stage == 0 || random.happens(bp: 60) ? 3 : honest ? 0 : random.within(1...2)
        open("disclosure.assessed", from: .relations, influencer: Int(item.influencer), &bytes)
        bytes.write(",\"postId\":\"post-", numbered: Int(item.number), digits: 5)
        bytes.write(",\"verdict\":\"", word: Vocabulary.verdicts[verdict])
        bytes.write(",\"rule\":\"label-visible-2026\"")
        close(&bytes)
    }

    mutating func removePost(_ item: FollowUp, _ bytes: inout [UInt8]) {
        open("post.removed", from: .listening, influencer: Int(item.influencer), &bytes)
        bytes.write(",\"postId\":\"post-", numbered: Int(item.number), digits: 5)
        bytes.write(",\"by\":\"", word: Vocabulary.removers[random.below(Vocabulary.removers.count)])
        close(&bytes)
    }
}
