/// Efficiency of a campaign at a moment (Projections, section 7).
public struct CampaignEfficiency: Sendable, Equatable {
    /// Sorted by code.
    public let costs: [CampaignCost]
    /// Live posts of its collaborations with counters, and what these add up to.
    public let posts: Int
    public let engagements: Int128
    public let impressions: Int128
    public let reach: Int128
    public let views: Int128
    public let onTopicReach: Int128
    /// The share of its collaborations' influencers in the micro-influencer band; nil without any.
    public let bandShare: BasisPoints?
    public let paidUplift: PaidUplift
}

/// What a campaign costs in one currency, in minor units.
public struct CampaignCost: Sendable, Equatable {
    public let currency: Currency
    /// Accrued: gifts at cost, fees of all kinds, commissions, media.
    public let cost: Int128
    /// Settled payouts, gifts at cost, media.
    public let costPaid: Int128
    /// Nil without engagements, and without impressions.
    public let costPerEngagement: UnitCost?
    public let costPerMille: UnitCost?
}

/// A cost by a count: the exact pair, and the quotient in the currency's unit.
public struct UnitCost: Sendable, Equatable {
    /// In minor units.
    public let cost: Int128
    /// More than zero.
    public let count: Int128
    /// The unit's quotient, or a thousand times that, in ten-thousandths: rounded half to even.
    public let tenThousandths: Int128

    /// - Parameters:
    ///   - cost: zero or more.
    ///   - scale: by how much the quotient is multiplied: 1, or 1000 per mille.
    init?(_ cost: Int128, of currency: Currency, per count: Int128, scale: Int128 = 1) {
        guard count > 0 else { return nil }
        self.cost = cost
        self.count = count
        let minorPerUnit = (0..<currency.minorDigits).reduce(Int128(1)) { unit, _ in unit * 10 }
        tenThousandths = (cost * scale * 10_000).dividedHalfEven(by: minorPerUnit * count)
    }

    /// With four places.
    public var decimal: String {
        let fraction = String(tenThousandths % 10_000)
        return "\(tenThousandths / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
    }
}

/// How far posts beside paid ads reach further than the others: an association, not an effect.
public struct PaidUplift: Sendable, Equatable {
    /// Posts of each group.
    public let treated: Int
    public let control: Int
    /// Fewer than `groupMin` in a group.
    public let isInsufficient: Bool
    /// By the means, and by the lower medians, in basis points, negative when ads went with less reach; nil where it
    /// would divide by zero.
    public let uplift: Int128?
    public let medianUplift: Int128?

    /// The fewest posts of a group that say anything.
    public static let groupMin = 5

    /// - Parameters:
    ///   - treated: reaches of the posts beside ads.
    ///   - control: reaches of the others.
    init(treated: [Int64], control: [Int64]) {
        (self.treated, self.control) = (treated.count, control.count)
        isInsufficient = min(treated.count, control.count) < PaidUplift.groupMin
        func sum(_ reaches: [Int64]) -> Int128 { reaches.reduce(0) { $0 + Int128($1) } }
        uplift = PaidUplift.uplift(sum(treated) * Int128(control.count), by: sum(control) * Int128(treated.count))
        medianUplift = PaidUplift.uplift(PaidUplift.median(treated), by: PaidUplift.median(control))
    }

    /// ⌊10000 · a / b⌋ − 10000
    private static func uplift(_ treated: Int128?, by control: Int128?) -> Int128? {
        guard let treated, let control, control > 0 else { return nil }
        return 10_000 * treated / control - 10_000
    }

    /// The lower median; nil of none.
    private static func median(_ reaches: [Int64]) -> Int128? {
        reaches.isEmpty ? nil : Int128(reaches.sorted()[(reaches.count - 1) / 2])
    }
}

extension EfficiencySums {
    /// The figures of all that was added.
    public var efficiency: CampaignEfficiency {
        CampaignEfficiency(
            costs: compensation.currencies.map { cost($0) }, posts: posts, engagements: engagements,
            impressions: impressions, reach: reach, views: views, onTopicReach: onTopicReach,
            bandShare: BasisPoints(bandInfluencers, of: influencers),
            paidUplift: PaidUplift(treated: treated, control: control))
    }

    private func cost(_ sums: CampaignCompensation.CurrencySums) -> CampaignCost {
        CampaignCost(
            currency: sums.currency, cost: sums.cost,
            costPaid: sums.amounts.paid + sums.amounts.giftsAtCost + sums.media,
            costPerEngagement: UnitCost(sums.cost, of: sums.currency, per: engagements),
            costPerMille: UnitCost(sums.cost, of: sums.currency, per: impressions, scale: 1000))
    }
}

extension CampaignCompensation.CurrencySums {
    /// Accrued cost: gifts at cost, fees of all kinds, commissions, media.
    public var cost: Int128 { amounts.giftsAtCost + amounts.feesAccrued + amounts.commissionsAccrued + media }
}
