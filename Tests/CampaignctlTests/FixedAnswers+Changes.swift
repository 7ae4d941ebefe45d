import LedgerAPI

/// What a whatif finds: of each kind of change one at least.
extension FixedAnswers {
    static let whatIf: ReplayBody = {
        var replay = ReplayBody(
            id: "7", kind: "whatif", state: "succeeded", createdAt: "2026-06-30T12:00:00Z", cores: 1, sharePercent: 50)
        replay.whatif = WhatIfBody(
            position: 12_345, at: "2026-06-30T12:00:00Z", influencers: 300, changed: 41, policies: ["trust", "tax"])
        return replay
    }()

    static let changes: [ChangeBody] = {
        var over = ChangeBody(influencerId: "over-promoting-blogger", tier: "micro")
        over.score = BeforeAfter(before: "65.7855", after: "40.5355")
        over.scoreBeforeCaps = BeforeAfter(before: "65.7855", after: "40.5355")
        over.components = [
            ComponentChange(component: "authenticity", before: 10_000, after: 500),
            ComponentChange(component: "nicheFit", before: 8_750, after: 8_749),
        ]
        over.stage = BeforeAfter(before: "advocate", after: "repeat")
        over.flags = BeforeAfter(before: ["ambassador"], after: ["ambassador", "dormant"])
        var capped = ChangeBody(influencerId: "ada", tier: "nano")
        capped.score = BeforeAfter(before: "49.0000", after: "71.0935")
        capped.caps = BeforeAfter(before: ["openBreach"], after: ["suspiciousFollowers"])
        capped.openBreaches = BeforeAfter(before: 2, after: 0)
        capped.evidence = BeforeAfter(before: "high", after: "medium")
        capped.evidenceCount = BeforeAfter(before: 61, after: 41)
        capped.homeTopics = BeforeAfter(before: ["books", "tea"], after: ["books"])
        var paid = ChangeBody(influencerId: "grace", tier: "mega")
        paid.compensation = ["EUR": ["due": BeforeAfter(before: "-10.00", after: "1250.50")]]
        paid.compensation["JPY"] = ["due": BeforeAfter(before: "0", after: "-3")]
        paid.reportable = [
            ReportableChange(
                year: 2026, currency: "USD",
                before: ReportedBody(cash: "700.00", gifts: "0.00", reportable: false),
                after: ReportedBody(cash: "700.00", gifts: "0.00", reportable: true))
        ]
        paid.metrics = [ShareChange(metric: "earnedShare", before: nil, after: 3_333)]
        return [over, capped, paid]
    }()
}
