/// A campaign's facts, derived from seed and number: nothing to remember.
struct SimulatedCampaign: Sendable {
    let number: Int
    let brand: Int
    let topic: UInt8
    let secondTopic: UInt8
    let currency: SimulatedCurrency
    /// The budget in cents of a euro.
    let budgetCents: Int

    init(number: Int, brands: Int, seed: UInt64) {
        let bits = SplitMix64.mix(seed &+ 0xC0FF_EE00 &+ UInt64(number) &* 0x9E37_79B9)
        self.number = number
        brand = Int(bits % UInt64(brands))
        topic = UInt8((bits >> 8) % UInt64(Vocabulary.topics.count))
        secondTopic = (topic + 2) % UInt8(Vocabulary.topics.count)
        currency =
            switch (bits >> 16) % 20 {
            case ..<12: .euro
            case ..<16: .dollar
            case ..<19: .pound
            default: .yen
            }
        budgetCents = (Int((bits >> 24) % 180) + 20) * 100_000
    }
}

/// What one influencer and one campaign agreed on, derived in the same way.
struct SimulatedTerms: Sendable {
    enum Kind: Int, Sendable {
        case gift, paid, affiliate, ambassador
    }

    let kind: Kind
    let deliverables: Int
    let deadlineDays: Int
    /// Zero for kinds without a fee.
    let feeCents: Int
    /// Zero for kinds without commission.
    let commissionBp: Int
    let jurisdiction: Int

    init(influencer: Int, campaign: Int, seed: UInt64) {
        let bits = SplitMix64.mix(seed ^ (UInt64(influencer) << 32 | UInt64(campaign)) &* 0xD1B5_4A32_D192_ED03)
        let kind: Kind =
            switch bits % 20 {
            case ..<9: .gift
            case ..<13: .paid
            case ..<18: .affiliate
            default: .ambassador
            }
        self.kind = kind
        deliverables = Int((bits >> 8) % 3) + 1
        deadlineDays = [14, 21, 30, 45][Int((bits >> 12) % 4)]
        feeCents = kind == .paid || kind == .ambassador ? (Int((bits >> 16) % 90) + 8) * 500 : 0
        commissionBp = kind == .affiliate || kind == .ambassador ? [500, 800, 1_000, 1_250][Int((bits >> 24) % 4)] : 0
        jurisdiction = Int((bits >> 28) % 3)
    }
}
