extension InfluencerChange {
    /// What differs between two answers of one influencer; nil: nothing.
    ///
    /// The sums of campaigns are not compared beside those that they add up to.
    public init?(from before: InfluencerAnswer, to after: InfluencerAnswer) {
        let (trust, was) = (after.trust, before.trust)
        tier = after.tier
        score = Changed(was.raw, trust.raw)
        scoreBeforeCaps = Changed(was.beforeCaps, trust.beforeCaps)
        components = TrustComponent.allCases.compactMap { component in
            Changed(was.components[component], trust.components[component]).map {
                Component(component: component, value: $0)
            }
        }
        evidence = Changed(was.evidence, trust.evidence)
        evidenceCount = Changed(was.evidenceCount, trust.evidenceCount)
        caps = Changed(was.caps.map(\.kind), trust.caps.map(\.kind))
        openBreaches = Changed(was.openBreaches.count, trust.openBreaches.count)
        stage = Changed(before.advocacy.stage, after.advocacy.stage)
        flags = Changed(before.advocacy.flags, after.advocacy.flags)
        metrics = AdvocacyMetric.allCases.compactMap { metric in
            Changed(before.advocacy[metric], after.advocacy[metric]).map { Metric(metric: metric, value: $0) }
        }
        homeTopics = Changed(before.profile.homeTopics, after.profile.homeTopics)
        sums = InfluencerChange.sums(before.compensation, after.compensation)
        reportable = InfluencerChange.reportable(before.compensation, after.compensation)
        if isEmpty { return nil }
    }

    /// Whether all but the tier, which no answer of one moment can differ in, is as it was.
    private var isEmpty: Bool {
        score == nil && scoreBeforeCaps == nil && components.isEmpty && evidence == nil && evidenceCount == nil
            && caps == nil && openBreaches == nil && stage == nil && flags == nil && metrics.isEmpty
            && homeTopics == nil && sums.isEmpty && reportable.isEmpty
    }

    private static func sums(_ before: CompensationAnswer, _ after: CompensationAnswer) -> [Sum] {
        let was = Dictionary(uniqueKeysWithValues: before.currencies.map { ($0.currency, $0.amounts) })
        let now = Dictionary(uniqueKeysWithValues: after.currencies.map { ($0.currency, $0.amounts) })
        return Set(was.keys).union(now.keys).sorted().flatMap { currency in
            CompensationSum.allCases.compactMap { sum in
                Changed(was[currency]?[sum] ?? 0, now[currency]?[sum] ?? 0).map {
                    Sum(currency: currency, sum: sum, value: $0)
                }
            }
        }
    }

    private static func reportable(_ before: CompensationAnswer, _ after: CompensationAnswer) -> [Reportable] {
        let was = Dictionary(uniqueKeysWithValues: before.reportable.map { ($0.year, $0) })
        let now = Dictionary(uniqueKeysWithValues: after.reportable.map { ($0.year, $0) })
        return Set(was.keys).union(now.keys).sorted().flatMap { year in
            // US dollars always: a threshold of nothing is reached without any.
            let all = [was[year], now[year]].flatMap { $0?.currencies.map(\.currency) ?? [] } + [.usd]
            return Set(all).sorted().compactMap { currency in
                Changed(Reported(was[year], currency), Reported(now[year], currency)).map {
                    Reportable(year: year, currency: currency, value: $0)
                }
            }
        }
    }
}

extension InfluencerChange.Reported {
    /// Of a year, if there is one.
    fileprivate init(_ year: ReportableYear?, _ currency: Currency) {
        let sums = year?.currencies.first { $0.currency == currency }
        (cash, gifts) = (sums?.cash ?? 0, sums?.gifts ?? 0)
        isReportable = currency == .usd ? year?.isReportable ?? false : nil
    }
}

extension AdvocacyAnswer {
    fileprivate subscript(metric: AdvocacyMetric) -> BasisPoints? {
        switch metric {
        case .acceptRate: return acceptRate
        case .earnedShare: return earnedShare
        case .seedingPostRate: return seedingPostRate
        }
    }
}
