import CampaignDomain
import LedgerAPI
import LedgerEngine

extension EventReasonBody {
    init(_ reason: some ReasonName, _ events: ReasonEvents?) {
        self.init(
            reason: reason.name, positions: events?.positions.map(\.rawValue) ?? [], more: events?.hasMore ?? false)
    }
}

extension TrustExplanationBody {
    init(_ explained: ExplainedTrust) {
        let explanation = explained.explanation
        func events(_ reason: TrustReason) -> EventReasonBody { EventReasonBody(reason, explained.events[reason]) }
        self.init(
            components: explanation.components.map { component in
                TrustComponentBody(
                    component: component.component.rawValue, weight: component.weight, value: component.value.rawValue,
                    contribution: component.contribution,
                    parts: component.parts.map { part in
                        TrustPartBody(
                            part: part.part.rawValue, count: part.count, good: part.good, bad: part.bad,
                            points: part.points, events: events(.part(part.part)))
                    })
            }, capping: explanation.capping,
            caps: explanation.answer.caps.map {
                TrustCapReasonBody(cap: $0.kind.rawValue, limit: $0.limit.rawValue, events: events(.cap($0.kind)))
            },
            evidence: explanation.evidence.map {
                EvidenceReasonBody(kind: $0.kind.rawValue, count: $0.count, events: events(.evidence($0.kind)))
            },
            homeTopics: HomeTopicsBody(
                topics: explanation.homeTopics, source: explanation.homeTopicsSource.rawValue,
                events: events(.homeTopics)), authenticity: AuthenticityBody(explanation.authenticity),
            engagement: EngagementBody(explanation.engagement))
    }
}

extension AuthenticityBody {
    fileprivate init(_ sample: AuthenticitySample) {
        self.init(posts: sample.posts, sponsored: sample.sponsored, brands: sample.brands)
    }
}

extension EngagementBody {
    fileprivate init(_ sample: EngagementSample) {
        self.init(
            posts: sample.posts, likes: sample.likes, comments: sample.comments, anomalies: sample.anomalies,
            followers: sample.followers, suspiciousBp: sample.suspiciousBp)
    }
}

extension AdvocacyExplanationBody {
    init(_ explained: ExplainedAdvocacy) {
        let explanation = explained.explanation
        func events(_ reason: AdvocacyReason) -> EventReasonBody { EventReasonBody(reason, explained.events[reason]) }
        func ways(_ ways: [AdvocacyWay]) -> [AdvocacyWayBody] {
            ways.map { way in
                let conditions = way.conditions.map { condition in
                    AdvocacyConditionBody(condition, events(AdvocacyReason(condition, of: way)))
                }
                return AdvocacyWayBody(brandId: way.brandID, holds: way.holds, conditions: conditions)
            }
        }
        self.init(
            stages: explanation.stages.map {
                StageRuleBody(
                    stage: $0.stage.name, stageRank: $0.stage.rawValue, holds: $0.holds, ways: ways($0.ways))
            },
            flags: explanation.flags.map {
                FlagRuleBody(
                    flag: $0.flag.rawValue, holds: $0.holds, ways: ways($0.ways), events: events(.flag($0.flag)))
            },
            metrics: explanation.metrics.map {
                MetricShareBody(
                    metric: $0.metric.rawValue, part: $0.part, whole: $0.whole, valueBp: $0.value?.rawValue,
                    events: events(.metric($0.metric)))
            })
    }
}

extension AdvocacyConditionBody {
    fileprivate init(_ condition: AdvocacyCondition, _ events: EventReasonBody) {
        self.init(
            count: condition.count.rawValue, found: condition.found, bound: condition.bound,
            comparison: condition.isAtMost ? "atMost" : "atLeast", holds: condition.holds, events: events)
    }
}

extension CompensationExplanationBody {
    init(_ explanation: CompensationExplanation) {
        let campaigns = explanation.byCampaign.map { ($0.campaignID, SumExplanationBody.byCurrency($0.currencies)) }
        let years = explanation.reportable.map { year in
            (String(year.answer.year), year.parts.map { ReportablePartBody($0) })
        }
        self.init(
            compensation: SumExplanationBody.byCurrency(explanation.currencies),
            byCampaign: Dictionary(uniqueKeysWithValues: campaigns),
            reportable: Dictionary(uniqueKeysWithValues: years))
    }
}

extension SumExplanationBody {
    fileprivate static func byCurrency(_ currencies: [CurrencyExplanation]) -> [String: [String: SumExplanationBody]] {
        Dictionary(
            uniqueKeysWithValues: currencies.map { explanation in
                let currency = explanation.currency
                let sums = explanation.sums.map { ($0.sum.rawValue, SumExplanationBody($0, currency)) }
                return (currency.code, Dictionary(uniqueKeysWithValues: sums))
            })
    }

    private init(_ sum: SumExplanation, _ currency: Currency) {
        self.init(
            value: currency.decimal(sum.value),
            parts: sum.parts.map {
                SumPartBody(
                    debit: $0.debit.name, credit: $0.credit.name, count: $0.count, amount: currency.decimal($0.amount))
            })
    }
}

extension ReportablePartBody {
    fileprivate init(_ part: ReportablePart) {
        self.init(
            currency: part.currency.code, kind: part.kind.rawValue, count: part.count,
            amount: part.currency.decimal(part.amount))
    }
}
