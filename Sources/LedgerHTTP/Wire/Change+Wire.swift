import CampaignDomain
import LedgerAPI
import LedgerEngine

extension ChangeBody {
    init(_ found: WhatIfChange) {
        let change = found.change
        self.init(influencerId: found.influencerID, tier: change.tier.rawValue)
        score = change.score.map { BeforeAfter($0) { $0.decimal } }
        scoreBeforeCaps = change.scoreBeforeCaps.map { BeforeAfter($0) { $0.decimal } }
        components = change.components.map {
            ComponentChange(
                component: $0.component.rawValue, before: $0.value.before.rawValue, after: $0.value.after.rawValue)
        }
        evidence = change.evidence.map { BeforeAfter($0) { $0.rawValue } }
        evidenceCount = change.evidenceCount.map { BeforeAfter($0) { $0 } }
        caps = change.caps.map { BeforeAfter($0) { $0.map(\.rawValue) } }
        openBreaches = change.openBreaches.map { BeforeAfter($0) { $0 } }
        stage = change.stage.map { BeforeAfter($0) { $0.name } }
        flags = change.flags.map { BeforeAfter($0) { $0.map(\.rawValue) } }
        metrics = change.metrics.map {
            ShareChange(
                metric: $0.metric.rawValue, before: $0.value.before?.rawValue, after: $0.value.after?.rawValue)
        }
        homeTopics = change.homeTopics.map { BeforeAfter($0) { $0 } }
        for sum in change.sums {
            compensation[sum.currency.code, default: [:]][sum.sum.rawValue] = BeforeAfter(sum.value) {
                sum.currency.decimal($0)
            }
        }
        reportable = change.reportable.map { year in
            ReportableChange(
                year: year.year, currency: year.currency.code, before: ReportedBody(year.value.before, year.currency),
                after: ReportedBody(year.value.after, year.currency))
        }
    }
}

extension BeforeAfter {
    fileprivate init<Other>(_ change: Changed<Other>, _ text: (Other) -> Value) {
        self.init(before: text(change.before), after: text(change.after))
    }
}

extension ReportedBody {
    fileprivate init(_ reported: InfluencerChange.Reported, _ currency: Currency) {
        self.init(
            cash: currency.decimal(reported.cash), gifts: currency.decimal(reported.gifts),
            reportable: reported.isReportable)
    }
}
