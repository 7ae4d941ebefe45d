import LedgerAPI

/// An answer's body that is written without `Codable`: the names of all members in their order, those of the standing
/// among them.
protocol TextBody: Codable, Sendable { func writeMembers(_ standing: Standing, to text: inout JSONText) }

extension Answered where Body: TextBody {
    /// The answer as JSON.
    var text: [UInt8] {
        var text = JSONText()
        text.object { body.writeMembers(standing, to: &$0) }
        return text.bytes
    }
}

extension PolicyVersionSet {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("advocacy", advocacy)
            text.member("tax", tax)
            text.member("trust", trust)
        }
    }
}

extension Standing {
    /// `policyVersion` and `position`, which follow one another in every body.
    fileprivate func writeEnd(to text: inout JSONText) {
        text.name("policyVersion")
        policyVersion.write(to: &text)
        text.member("position", position)
    }
}

extension InfluencerTrustBody: TextBody {
    func writeMembers(_ standing: Standing, to text: inout JSONText) {
        text.member("at", standing.at)
        text.member("head", standing.head)
        text.member("influencerId", influencerId)
        standing.writeEnd(to: &text)
        text.name("trust")
        trust.write(to: &text)
    }
}

extension InfluencerAdvocacyBody: TextBody {
    func writeMembers(_ standing: Standing, to text: inout JSONText) {
        text.name("advocacy")
        advocacy.write(to: &text)
        text.member("at", standing.at)
        text.member("head", standing.head)
        text.member("influencerId", influencerId)
        standing.writeEnd(to: &text)
    }
}

extension InfluencerCompensationBody: TextBody {
    func writeMembers(_ standing: Standing, to text: inout JSONText) {
        text.member("at", standing.at)
        text.write(byCampaign: byCampaign)
        text.write(compensation: compensation)
        text.member("head", standing.head)
        text.member("influencerId", influencerId)
        standing.writeEnd(to: &text)
        text.write(reportable: reportable)
    }
}

extension InfluencerBody: TextBody {
    func writeMembers(_ standing: Standing, to text: inout JSONText) {
        text.name("advocacy")
        advocacy.write(to: &text)
        text.member("at", standing.at)
        text.write(byCampaign: byCampaign)
        text.write(compensation: compensation)
        text.member("head", standing.head)
        text.member("influencerId", influencerId)
        standing.writeEnd(to: &text)
        text.write(reportable: reportable)
        text.member("tier", tier)
        text.name("trust")
        trust.write(to: &text)
    }
}

extension ItemList: TextBody where Item == InfluencerItemBody {
    func writeMembers(_ standing: Standing, to text: inout JSONText) {
        text.member("at", standing.at)
        text.member("head", standing.head)
        text.name("items")
        text.array(items) { $1.write(to: &$0) }
        text.member("next", next)
        standing.writeEnd(to: &text)
    }
}

extension InfluencerItemBody {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.name("advocacy")
            influencer.advocacy.write(to: &text)
            text.write(byCampaign: influencer.byCampaign)
            text.write(compensation: influencer.compensation)
            text.member("engagements", engagements)
            text.name("homeTopics")
            text.array(homeTopics) { $0.string($1) }
            text.member("influencerId", influencer.influencerId)
            text.member("platform", platform)
            text.write(reportable: influencer.reportable)
            text.member("tier", influencer.tier)
            text.name("trust")
            influencer.trust.write(to: &text)
        }
    }
}

extension TrustBody {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("beforeCaps", beforeCaps)
            text.name("caps")
            text.array(caps) { $1.write(to: &$0) }
            text.name("components")
            components.write(to: &text)
            text.member("evidence", evidence)
            text.member("evidenceCount", evidenceCount)
            text.name("openBreaches")
            text.array(openBreaches) { $0.string($1) }
            text.member("raw", raw)
            text.member("score", score)
        }
    }
}

extension TrustCapBody {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("cap", cap)
            text.name("events")
            text.array(events) { text, event in text.array([event.source, event.id]) { $0.string($1) } }
            text.member("limit", limit)
        }
    }
}

extension TrustComponentSet {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("authenticity", authenticity)
            text.member("disclosure", disclosure)
            text.member("engagementQuality", engagementQuality)
            text.member("nicheFit", nicheFit)
            text.member("reliability", reliability)
            text.member("responsiveness", responsiveness)
        }
    }
}

extension AdvocacyBody {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.name("flags")
            text.array(flags) { $0.string($1) }
            text.name("metrics")
            text.object { text in
                text.member("acceptRateBp", metrics.acceptRateBp)
                text.member("earnedShareBp", metrics.earnedShareBp)
                text.member("seedingPostRateBp", metrics.seedingPostRateBp)
            }
            text.member("stage", stage)
            text.member("stageRank", Int64(stageRank))
        }
    }
}

extension CompensationSums {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.member("commissionsPending", commissionsPending)
            text.member("due", due)
            text.member("feesAccrued", feesAccrued)
            text.member("giftsAtCost", giftsAtCost)
            text.member("giftsAtValue", giftsAtValue)
            text.member("inFlight", inFlight)
            text.member("paid", paid)
            text.member("receivable", receivable)
            text.member("withheld", withheld)
        }
    }
}

extension ReportableYear {
    fileprivate func write(to text: inout JSONText) {
        text.object { text in
            text.name("currencies")
            text.object(currencies) { text, sums in
                text.object { text in
                    text.member("cash", sums.cash)
                    text.member("gifts", sums.gifts)
                    text.member("total", sums.total)
                }
            }
            text.member("reportable", reportable)
            text.member("thresholdUsd", thresholdUsd)
        }
    }
}

extension JSONText {
    fileprivate mutating func write(byCampaign: [String: [String: CompensationSums]]) {
        name("byCampaign")
        object(byCampaign) { text, currencies in text.object(currencies) { $1.write(to: &$0) } }
    }

    fileprivate mutating func write(compensation: [String: CompensationSums]) {
        name("compensation")
        object(compensation) { $1.write(to: &$0) }
    }

    fileprivate mutating func write(reportable: [String: ReportableYear]) {
        name("reportable")
        object(reportable) { $1.write(to: &$0) }
    }
}
