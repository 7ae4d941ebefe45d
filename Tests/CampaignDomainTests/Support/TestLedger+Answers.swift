@testable import CampaignDomain

// Answers in the form of the golden histories, but for `at` and `head`.

extension TestLedger {
    /// Everything of everyone. Events are named by identity, so that answers of shuffled histories compare.
    func answer(_ asOf: AsOf) -> JSONValue {
        let view = directory.view(asOf, order: self)
        let situations = situations(asOf)
        var balance = TrialBalance()
        for id in ids(.campaign) { balance.add(media(id, asOf)) }
        for situation in situations.values { balance.add(situation) }
        let campaigns = campaignIDs(situations, asOf).map { id -> (String, JSONValue) in
            let sums = efficiencySums(id, situations, asOf)
            return (id, ["compensation": compensation(sums.compensation), "efficiency": efficiency(sums.efficiency)])
        }
        return [
            "influencers": .object(situations.mapValues { influencer($0.assess()) }),
            "campaigns": .object(Dictionary(uniqueKeysWithValues: campaigns)),
            "exceptions": .array(exceptions(situations, view, asOf).map { exception($0) }),
            "trialBalance": trialBalance(balance),
            "policyVersion": [
                "trust": .int(view.policyVersion(.trust)), "advocacy": .int(view.policyVersion(.advocacy)),
                "tax": .int(view.policyVersion(.tax)),
            ],
        ]
    }

    /// Everyone of whom an event counts.
    func situations(_ asOf: AsOf) -> [String: Situation] {
        let view = directory.view(asOf, order: self)
        var situations: [String: Situation] = [:]
        for id in ids(.influencer) {
            let evidence = evidence(id, asOf)
            if !evidence.isEmpty { situations[id] = Situation(evidence, view) }
        }
        return situations
    }

    /// Every campaign that an event which counts names, sorted.
    func campaignIDs(_ situations: [String: Situation], _ asOf: AsOf) -> [String] {
        let own = ids(.campaign).filter { !media($0, asOf).isEmpty }
        return Set(own + situations.values.flatMap(\.evidence.campaignIDs)).sorted()
    }

    func efficiencySums(_ campaignID: String, _ situations: [String: Situation], _ asOf: AsOf) -> EfficiencySums {
        let own = media(campaignID, asOf)
        var sums = EfficiencySums(media: own)
        for situation in situations.values { sums.add(situation, campaignID: campaignID, flights: own.flights) }
        return sums
    }

    /// The whole register, sorted.
    func exceptions(_ situations: [String: Situation], _ view: DirectoryView, _ asOf: AsOf) -> [LedgerException] {
        var found = situations.flatMap { $0.value.exceptions(of: $0.key) }
        for id in campaignIDs(situations, asOf) {
            var register = CampaignExceptions(id, own: media(id, asOf), view, order: self)
            for situation in situations.values { register.add(situation) }
            found += register.finish()
        }
        return found.sorted { precedes($0, $1) }
    }

    private func exception(_ exception: LedgerException) -> JSONValue {
        var object: [String: JSONValue] = [
            "kind": .string(exception.kind.rawValue), "since": .string(exception.since.rfc3339),
            "events": .array(exception.events.map { event($0) }),
        ]
        switch exception.subject {
        case .influencer(let id): object["influencerId"] = .string(id)
        case .campaign(let id): object["campaignId"] = .string(id)
        }
        return .object(object)
    }

    private func efficiency(_ efficiency: CampaignEfficiency) -> JSONValue {
        let costs = efficiency.costs.map { cost -> (String, JSONValue) in
            (
                cost.currency.code,
                [
                    "cost": .string(cost.currency.decimal(cost.cost)),
                    "costPaid": .string(cost.currency.decimal(cost.costPaid)),
                    "costPerEngagement": unitCost(cost.costPerEngagement), "costPerMille": unitCost(cost.costPerMille),
                ]
            )
        }
        return [
            "cost": .object(Dictionary(uniqueKeysWithValues: costs)), "posts": .int(Int64(efficiency.posts)),
            "engagements": .int(Int64(efficiency.engagements)), "impressions": .int(Int64(efficiency.impressions)),
            "reach": .int(Int64(efficiency.reach)), "views": .int(Int64(efficiency.views)),
            "onTopicReach": .int(Int64(efficiency.onTopicReach)),
            "bandShareBp": efficiency.bandShare.map { .int($0.rawValue) } ?? .null,
            "paidUplift": uplift(efficiency.paidUplift),
        ]
    }

    private func uplift(_ uplift: PaidUplift) -> JSONValue {
        func optional(_ value: Int128?) -> JSONValue { value.map { .int(Int64($0)) } ?? .null }
        return [
            "treated": .int(Int64(uplift.treated)), "control": .int(Int64(uplift.control)),
            "insufficient": .bool(uplift.isInsufficient), "upliftBp": optional(uplift.uplift),
            "medianUpliftBp": optional(uplift.medianUplift),
        ]
    }

    private func unitCost(_ cost: UnitCost?) -> JSONValue {
        guard let cost else { return .null }
        return ["minor": .int(Int64(cost.cost)), "count": .int(Int64(cost.count)), "decimal": .string(cost.decimal)]
    }

    private func influencer(_ answer: InfluencerAnswer) -> JSONValue {
        let byCampaign = answer.compensation.byCampaign.map { ($0.campaignID, amounts($0.currencies)) }
        let years = answer.compensation.reportable.map { ("\($0.year)", reportable($0)) }
        return [
            "tier": .string(answer.tier.rawValue), "trust": trust(answer.trust),
            "advocacy": advocacy(answer.advocacy), "compensation": amounts(answer.compensation.currencies),
            "byCampaign": .object(Dictionary(uniqueKeysWithValues: byCampaign)),
            "reportable": .object(Dictionary(uniqueKeysWithValues: years)),
        ]
    }

    private func trust(_ trust: TrustAnswer) -> JSONValue {
        let components = TrustComponent.allCases.map { ($0.rawValue, JSONValue.int(trust.components[$0].rawValue)) }
        return [
            "beforeCaps": .int(trust.beforeCaps.rawValue), "raw": .int(trust.raw.rawValue),
            "score": .string(trust.raw.decimal),
            "components": .object(Dictionary(uniqueKeysWithValues: components)),
            "evidence": .string(trust.evidence.rawValue), "evidenceCount": .int(Int64(trust.evidenceCount)),
            "openBreaches": .array(trust.openBreaches.map { .string($0) }),
            "caps": .array(
                trust.caps.map {
                    [
                        "cap": .string($0.kind.rawValue), "limit": .int($0.limit.rawValue),
                        "events": .array($0.events.map { event($0) }),
                    ]
                }),
        ]
    }

    private func event(_ position: FactPosition) -> JSONValue {
        let identity = identities[Int(position.rawValue) - 1]
        return [.string(identity.source), .string(identity.id)]
    }

    private func advocacy(_ advocacy: AdvocacyAnswer) -> JSONValue {
        func share(_ share: BasisPoints?) -> JSONValue { share.map { .int($0.rawValue) } ?? .null }
        return [
            "stage": .string(advocacy.stage.name), "stageRank": .int(Int64(advocacy.stage.rawValue)),
            "flags": .array(advocacy.flags.map { .string($0.rawValue) }),
            "metrics": [
                "acceptRateBp": share(advocacy.acceptRate), "earnedShareBp": share(advocacy.earnedShare),
                "seedingPostRateBp": share(advocacy.seedingPostRate),
            ],
        ]
    }

    private func amounts(_ currencies: [CurrencyAmounts]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: currencies.map {
                    ($0.currency.code, amounts($0.amounts, $0.currency, media: nil))
                }))
    }

    private func compensation(_ campaign: CampaignCompensation) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: campaign.currencies.map {
                    ($0.currency.code, amounts($0.amounts, $0.currency, media: $0.media))
                }))
    }

    private func amounts(_ amounts: Amounts, _ currency: Currency, media: Int128?) -> JSONValue {
        var sums = [
            "giftsAtCost": amounts.giftsAtCost, "giftsAtValue": amounts.giftsAtValue,
            "feesAccrued": amounts.feesAccrued, "commissionsPending": amounts.commissionsPending, "due": amounts.due,
            "inFlight": amounts.inFlight, "paid": amounts.paid, "withheld": amounts.withheld,
            "receivable": amounts.receivable,
        ]
        sums["media"] = media
        return .object(sums.mapValues { .string(currency.decimal($0)) })
    }

    private func reportable(_ year: ReportableYear) -> JSONValue {
        let currencies = year.currencies.map { entry -> (String, JSONValue) in
            func decimal(_ sum: Int128) -> JSONValue { .string(entry.currency.decimal(sum)) }
            return (
                entry.currency.code,
                ["cash": decimal(entry.cash), "gifts": decimal(entry.gifts), "total": decimal(entry.total)]
            )
        }
        return [
            "currencies": .object(Dictionary(uniqueKeysWithValues: currencies)), "reportable": .bool(year.isReportable),
            "thresholdUsd": year.thresholdUSD.map { .string(Currency.usd.decimal(Int128($0))) } ?? .null,
        ]
    }

    private func trialBalance(_ balance: TrialBalance) -> JSONValue {
        var currencies: [String: [String: JSONValue]] = [:]
        for entry in balance.entries {
            currencies[entry.currency.code, default: [:]][entry.account.name] = .int(Int64(entry.balance))
        }
        return .object(currencies.mapValues { .object($0) })
    }
}
