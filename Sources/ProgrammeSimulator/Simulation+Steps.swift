extension Simulation {
    /// Writes the one event that `item` stands for, and plans what follows it.
    mutating func perform(_ item: FollowUp, _ bytes: inout [UInt8]) {
        switch item.step {
        case .audience: measureAudience(Int(item.influencer), &bytes)
        case .answer: answer(item, &bytes)
        case .agreement: agree(item, &bytes)
        case .sending: sendProduct(item, &bytes)
        case .delivery: deliver(item, &bytes)
        case .giveBack: giveBack(item, &bytes)
        case .sponsoredPost: publishSponsoredPost(item, &bytes)
        case .engagement: recordEngagement(item, &bytes)
        case .assessment: assess(item, &bytes)
        case .removal: removePost(item, &bytes)
        case .fee: accrueFee(item, &bytes)
        case .feeCancellation: cancelFee(item, &bytes)
        case .withholding: withholdTax(item, &bytes)
        case .payout: initiatePayout(item, &bytes)
        case .payoutEnd: endPayout(item, &bytes)
        case .sale: attributeSale(item, &bytes)
        case .reversal: reverseSale(item, &bytes)
        case .approval: approveCommission(item, &bytes)
        case .end: end(item, &bytes)
        case .adFlight: recordAdFlight(item, &bytes)
        case .closing: closeCampaign(item, &bytes)
        }
    }

    private mutating func recordAdFlight(_ item: FollowUp, _ bytes: inout [UInt8]) {
        let facts = campaign(Int(item.campaign))
        let cents = random.within(5_000...90_000)
        open("adflight.recorded", from: .media, &bytes)
        bytes.write("\"campaignId\":\"campaign-", numbered: facts.number + 1, digits: 5)
        bytes.write(",\"flightId\":\"flight-", numbered: Int(item.stage), digits: 2)
        bytes.write(",\"from\":\"")
        bytes.write(SimulatedInstant(microseconds: max(0, time.microseconds - delays[Delay.threeDays.rawValue])))
        bytes.write("\",\"to\":\"")
        bytes.write(time)
        bytes.append(34)
        bytes.write(",\"spend\":", minorUnits: facts.currency.minorUnits(ofCents: cents), facts.currency)
        bytes.write(",\"impressions\":", number: cents * random.within(80...140) / 100)
        close(&bytes)
        if item.stage < 6 {
            schedule(
                .adFlight, after: .week, influencer: 0, campaign: facts.number, stage: Int(item.stage) + 1)
        }
    }

    private mutating func closeCampaign(_ item: FollowUp, _ bytes: inout [UInt8]) {
        campaignsClosed = max(campaignsClosed, Int(item.campaign) + 1)
        open("campaign.closed", from: .media, &bytes)
        bytes.write("\"campaignId\":\"campaign-", numbered: Int(item.campaign) + 1, digits: 5)
        bytes.write(",\"reason\":\"ended-as-planned\"")
        close(&bytes)
    }

    // MARK: Events that are only written when asked for

    /// One event in five thousand takes back a recent one of an influencer, if positions are known.
    mutating func retractIfDue(_ bytes: inout [UInt8]) -> Bool {
        guard let first = settings.firstPosition, random.happens(bp: 5) else { return false }
        let back = random.within(1...32)
        guard written >= back, recentSubjects[(written - back) & 63] != .max else { return false }
        let influencer = Int(recentSubjects[(written - back) & 63])
        open("event.retracted", from: .registry, influencer: influencer, &bytes)
        // A retraction cannot be retracted in its turn.
        recentSubjects[written & 63] = .max
        bytes.write(",\"position\":", number: Int(first) + written - back)
        bytes.write(",\"reason\":\"entered-in-error\",\"actor\":\"operator-7\"")
        close(&bytes)
        return true
    }

    /// Halfway, a tax policy of the version asked for.
    mutating func publishPolicyIfDue(_ bytes: inout [UInt8]) -> Bool {
        guard let version = settings.taxPolicyVersion, !policyPublished, written >= settings.events / 2 else {
            return false
        }
        policyPublished = true
        open("policy.published", from: .finance, &bytes)
        bytes.write("\"kind\":\"tax\"")
        bytes.write(",\"version\":", number: Int(version))
        bytes.write(",\"effectiveFrom\":\"")
        bytes.write(time)
        bytes.write("\",\"body\":{\"thresholds\":[{\"fromYear\":2026,\"usd\":\"2000.00\"}")
        bytes.write(",{\"fromYear\":0,\"usd\":\"600.00\"}]}")
        close(&bytes)
        return true
    }
}
