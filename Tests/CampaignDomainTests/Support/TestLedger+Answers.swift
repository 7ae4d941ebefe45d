@testable import CampaignDomain

// Answers in the form of the golden histories, without what is not the evaluation's: efficiency and exceptions.

extension TestLedger {
    /// Everything of everyone. Events are named by identity, so that answers of shuffled histories compare.
    func answer(_ asOf: AsOf) -> JSONValue {
        let view = directory.view(asOf, order: self)
        var influencers: [String: JSONValue] = [:]
        var campaigns: [String: CampaignCompensation] = [:]
        var balance = TrialBalance()
        for id in ids(.campaign) where !media(id, asOf).isEmpty {
            campaigns[id] = CampaignCompensation(media: media(id, asOf))
            balance.add(media(id, asOf))
        }
        for id in ids(.influencer) {
            let evidence = evidence(id, asOf)
            if evidence.isEmpty { continue }
            let situation = Situation(evidence, view)
            let answer = situation.assess()
            influencers[id] = influencer(answer)
            balance.add(situation)
            for campaign in evidence.campaignIDs {
                campaigns[campaign, default: CampaignCompensation(media: nil)].add(
                    answer.compensation, campaignID: campaign)
            }
        }
        return [
            "influencers": .object(influencers),
            "campaigns": .object(campaigns.mapValues { ["compensation": compensation($0)] }),
            "trialBalance": trialBalance(balance),
            "policyVersion": [
                "trust": .int(view.policyVersion(.trust)), "advocacy": .int(view.policyVersion(.advocacy)),
                "tax": .int(view.policyVersion(.tax)),
            ],
        ]
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
