import CampaignDomain
import LedgerAPI
import LedgerEngine

extension InfluencerBody {
    init(_ id: String, _ answer: InfluencerAnswer, _ identities: EventIdentities) throws {
        self.init(
            influencerId: id, tier: answer.tier.rawValue, trust: try TrustBody(answer.trust, identities),
            advocacy: AdvocacyBody(answer.advocacy),
            compensation: CompensationSums.byCurrency(answer.compensation.currencies),
            byCampaign: CompensationSums.byCampaign(answer.compensation.byCampaign),
            reportable: LedgerAPI.ReportableYear.byYear(answer.compensation.reportable))
    }
}

extension InfluencerItemBody {
    init(_ item: InfluencerItem, _ identities: EventIdentities) throws {
        let profile = item.answer.profile
        self.init(
            influencer: try InfluencerBody(item.id, item.answer, identities),
            engagements: Int64(clamping: profile.engagements), platform: profile.platform,
            homeTopics: profile.homeTopics)
    }
}

extension TrustBody {
    init(_ trust: TrustAnswer, _ identities: EventIdentities) throws {
        self.init(
            score: trust.raw.decimal, raw: trust.raw.rawValue, beforeCaps: trust.beforeCaps.rawValue,
            caps: try trust.caps.map { cap in
                TrustCapBody(
                    cap: cap.kind.rawValue, events: try cap.events.map { try identities($0) }, limit: cap.limit.rawValue
                )
            },
            components: TrustComponentSet(
                responsiveness: trust.components.responsiveness.rawValue,
                nicheFit: trust.components.nicheFit.rawValue, authenticity: trust.components.authenticity.rawValue,
                engagementQuality: trust.components.engagementQuality.rawValue,
                disclosure: trust.components.disclosure.rawValue, reliability: trust.components.reliability.rawValue),
            evidence: trust.evidence.rawValue, evidenceCount: trust.evidenceCount, openBreaches: trust.openBreaches)
    }
}

extension AdvocacyBody {
    init(_ advocacy: AdvocacyAnswer) {
        self.init(
            flags: advocacy.flags.map(\.rawValue),
            metrics: AdvocacyMetricSet(
                acceptRateBp: advocacy.acceptRate?.rawValue, earnedShareBp: advocacy.earnedShare?.rawValue,
                seedingPostRateBp: advocacy.seedingPostRate?.rawValue),
            stage: advocacy.stage.name, stageRank: advocacy.stage.rawValue)
    }
}

extension PostBody {
    init(_ post: PostSummary) {
        self.init(
            postId: post.postID, published: post.published.time.rfc3339, platform: post.platform, topics: post.topics,
            brandIds: post.brandIDs, campaignId: post.campaignID, connection: "\(post.connection)", live: post.isLive,
            removed: post.removed?.rfc3339, needsDisclosure: post.needsDisclosure,
            verdict: post.verdict.map { "\($0)" }, engagements: post.engagements,
            counters: post.counters.map { counters in
                LedgerAPI.EngagementCounters(
                    time: post.recorded?.rfc3339, likes: counters.likes, comments: counters.comments,
                    shares: counters.shares, saves: counters.saves, views: counters.views, reach: counters.reach,
                    impressions: counters.impressions)
            })
    }
}
