/// What lists of influencers are sorted and filtered by, small enough to hold one of everyone: 64 bytes, and on the heap
/// some 130 more with a few campaigns and one currency.
///
/// Names are numbers of the list's `SummaryNames`.
public struct InfluencerSummary: Sendable, Equatable {
    /// What is due in one currency, in minor units; keeps its sign.
    public struct Due: Sendable, Equatable {
        public let currency: Currency
        public let amount: Int128
    }

    /// The first instant at which it can differ without new facts or a change of the directory.
    public let nextChange: Instant
    /// Likes, comments, shares and saves of live posts of age ≤ `InfluencerProfile.engagementDays`. An influencer's can
    /// only be beyond 64 bits in theory; then they are the most.
    public let engagements: Int64
    /// In ten-thousandths, 0…1,000,000.
    private let scoreValue: UInt32
    private let platformNumber: UInt32
    /// Home topics, then campaigns with a collaboration.
    private let names: [UInt32]
    /// Sorted by code; one for each currency with a posting or gift.
    public let dues: [Due]
    private let topicCount: UInt32
    private let stageValue: UInt8
    private let flagBits: UInt8
    public let tier: Tier
    public let band: EvidenceBand

    private static let noPlatform = UInt32.max

    public var score: Score { Score(Int64(scoreValue)) }
    public var stage: Stage { Stage(rawValue: Int(stageValue)) ?? .prospect }
    /// Sorted by name.
    public var flags: [AdvocacyFlag] { AdvocacyFlag.allCases.filter { has($0) } }
    /// Of the registration; nil: known only by events.
    public var platform: UInt32? { platformNumber == InfluencerSummary.noPlatform ? nil : platformNumber }
    public var homeTopics: ArraySlice<UInt32> { names[..<Int(topicCount)] }
    public var collaborations: ArraySlice<UInt32> { names[Int(topicCount)...] }

    public func has(_ flag: AdvocacyFlag) -> Bool { flagBits & InfluencerSummary.bit(flag) != 0 }

    /// What is due in a currency; nil: nothing ever was.
    public func due(in currency: Currency) -> Int128? { dues.first { $0.currency == currency }?.amount }

    private static func bit(_ flag: AdvocacyFlag) -> UInt8 {
        switch flag {
        case .ambassador: return 1
        case .atRisk: return 2
        case .dormant: return 4
        }
    }

    /// - Parameter table: new names are added to it.
    public init(_ situation: Situation, names table: inout SummaryNames) {
        let (trust, advocacy, profile) = (situation.trust(), situation.advocacy(), situation.profile())
        nextChange = situation.nextChange()
        engagements = Int64(clamping: profile.engagements)
        scoreValue = UInt32(trust.raw.rawValue)
        platformNumber = profile.platform.map { table.number(of: $0) } ?? InfluencerSummary.noPlatform
        names = (profile.homeTopics + profile.collaborations).map { table.number(of: $0) }
        topicCount = UInt32(profile.homeTopics.count)
        dues = situation.amounts().map { Due(currency: $0.currency, amount: $0.amounts.due) }
        stageValue = UInt8(advocacy.stage.rawValue)
        flagBits = advocacy.flags.reduce(0) { $0 | InfluencerSummary.bit($1) }
        tier = situation.tier
        band = trust.evidence
    }
}

/// What a list of influencers is sorted by, always the greatest first.
public enum InfluencerSort: Hashable, Sendable {
    case trust
    /// Within a stage by trust.
    case stage
    case engagements
    /// Only those with a posting or gift in the currency.
    case due(Currency)
}

extension InfluencerSummary {
    /// What it is sorted by, the greater the earlier; who have the same stand by their identifiers. Nil: not in the list.
    public func key(_ sort: InfluencerSort) -> Int128? {
        switch sort {
        case .trust: return Int128(scoreValue)
        case .stage: return Int128(stageValue) << 32 | Int128(scoreValue)
        case .engagements: return Int128(engagements)
        case .due(let currency): return due(in: currency)
        }
    }
}

/// Who is asked for; nil asks for all.
public struct InfluencerFilter: Sendable, Equatable {
    public var tier: Tier?
    public var stage: Stage?
    public var flag: AdvocacyFlag?
    /// Bounds of the score, both included.
    public var scoreMin: Score?
    public var scoreMax: Score?
    public var platform: String?
    /// A home topic.
    public var topic: String?
    /// A campaign with a collaboration.
    public var campaignID: String?

    public init() {}

    /// The names it asks for.
    public var names: [String] { [platform, topic, campaignID].compactMap { $0 } }

    /// The filter with names as numbers; nil: nobody has one of the names.
    public func resolved(_ names: SummaryNames) -> Resolved? {
        var numbers: [UInt32?] = []
        for name in [platform, topic, campaignID] {
            guard let name else {
                numbers.append(nil)
                continue
            }
            guard let number = names.find(name) else { return nil }
            numbers.append(number)
        }
        return Resolved(filter: self, platform: numbers[0], topic: numbers[1], campaign: numbers[2])
    }

    /// A filter that a list can be run through.
    public struct Resolved: Sendable {
        fileprivate let filter: InfluencerFilter
        fileprivate let platform: UInt32?
        fileprivate let topic: UInt32?
        fileprivate let campaign: UInt32?

        public func matches(_ summary: InfluencerSummary) -> Bool {
            if let tier = filter.tier, summary.tier != tier { return false }
            if let stage = filter.stage, summary.stage != stage { return false }
            if let flag = filter.flag, !summary.has(flag) { return false }
            if let least = filter.scoreMin, summary.score < least { return false }
            if let most = filter.scoreMax, summary.score > most { return false }
            if let platform, summary.platform != platform { return false }
            if let topic, !summary.homeTopics.contains(topic) { return false }
            if let campaign, !summary.collaborations.contains(campaign) { return false }
            return true
        }
    }
}
