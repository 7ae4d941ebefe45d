extension Situation {
    /// Advocacy with its reasons. The events behind them: `positions(of:after:limit:)`.
    public func explainedAdvocacy() -> AdvocacyExplanation {
        let active = activity()
        let breaches = posts.count { isOpenBreach($0) }
        return AdvocacyExplanation(
            answer: advocacy(), stages: stageRules(active, breaches: breaches),
            flags: flagRules(active, breaches: breaches), metrics: [acceptRate(), earnedShare(), seedingPostRate()])
    }

    private func stageRules(_ active: Activity, breaches: Int) -> [StageRule] {
        let policy = view.advocacy
        let mentioned = mentionWays(breaches: breaches)
        func rule(_ stage: Stage, _ conditions: AdvocacyCondition...) -> StageRule {
            StageRule(stage: stage, ways: [AdvocacyWay(conditions)])
        }
        return [
            rule(.prospect), rule(.contacted, .atLeast(1, .invitations, evidence.invitations.count)),
            rule(.agreed, .atLeast(1, .collaborations, collaborations.count)),
            rule(.seeded, .atLeast(1, .shipmentsHeld, heldShipments())),
            rule(.activated, .atLeast(1, .activeCollaborations, active.collaborations)),
            StageRule(
                stage: .repeat,
                ways: [
                    AdvocacyWay([.atLeast(policy.repeatCampaigns, .activeCollaborations, active.collaborations)]),
                    AdvocacyWay([
                        .atLeast(policy.repeatPosts, .activePosts, active.posts),
                        .atLeast(policy.repeatMonths, .activeMonths, active.months),
                    ]),
                ]), StageRule(stage: .advocate, ways: mentioned.advocate),
            StageRule(stage: .trueFan, ways: mentioned.trueFan),
        ]
    }

    /// One way for each brand that is mentioned unpaid, by the brands' names; one that says what is missing if none is.
    private func mentionWays(breaches: Int) -> (advocate: [AdvocacyWay], trueFan: [AdvocacyWay]) {
        let policy = view.advocacy
        let all = mentions()
        let brands = all.indices.filter { all[$0].lasting > 0 || all[$0].recent > 0 }.sorted {
            evidence.brandNames.precedes($0, $1)
        }
        let mentioned: [(String?, BrandMentions)] =
            brands.isEmpty ? [(nil, BrandMentions())] : brands.map { (evidence.brandNames.name($0), all[$0]) }
        var ways: (advocate: [AdvocacyWay], trueFan: [AdvocacyWay]) = ([], [])
        for (brand, counts) in mentioned {
            let conditions: [AdvocacyCondition] = [
                // Without any mention there is no first and last of them, whatever the policy asks for.
                .atLeast(max(1, policy.advocateMentions), .mentions, counts.recent),
                .atLeast(policy.advocateGapDays, .mentionSpanDays, counts.spanDays), .none(.openBreaches, breaches),
            ]
            ways.advocate.append(AdvocacyWay(brandID: brand, conditions))
            ways.trueFan.append(
                AdvocacyWay(
                    brandID: brand,
                    conditions + [
                        .atLeast(policy.trueFanMentions, .lastingMentions, counts.lasting),
                        .atLeast(policy.trueFanMonths, .lastingMonths, counts.months),
                    ]))
        }
        return ways
    }

    private func flagRules(_ active: Activity, breaches: Int) -> [FlagRule] {
        let wanted = view.advocacy.missedDeliverables
        var risks = [AdvocacyWay([.atLeast(1, .openBreaches, breaches)])]
        if wanted > 0 {
            let missed = missedInARow(collaborations: missedLately())
            risks.append(AdvocacyWay([.atLeast(wanted, .missedInARow, missed)]))
        }
        return [
            FlagRule(
                flag: .ambassador,
                ways: [AdvocacyWay([.atLeast(1, .ambassadorTerms, collaborations.count { isAmbassador($0) })])]),
            FlagRule(flag: .atRisk, ways: risks),
            FlagRule(
                flag: .dormant,
                ways: [
                    AdvocacyWay([
                        .atLeast(1, .activeCollaborations, active.collaborations),
                        .none(.recentBrandPosts, posts.count { isRecentBrandPost($0) }),
                    ])
                ]),
        ]
    }
}
