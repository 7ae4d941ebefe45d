package import CampaignDomain
import EventLog

/// The first of the events behind a reason.
package struct ReasonEvents: Sendable, Equatable {
    /// Ascending.
    package var positions: [FactPosition]
    package var hasMore: Bool
}

/// Why trust is what it is, with the first events behind each reason.
package struct ExplainedTrust: Sendable {
    package var explanation: TrustExplanation
    package var events: [TrustReason: ReasonEvents]
}

/// Why a stage is reached and flags are raised, with the first events behind each reason.
package struct ExplainedAdvocacy: Sendable {
    package var explanation: AdvocacyExplanation
    package var events: [AdvocacyReason: ReasonEvents]
}

/// Which postings of an influencer are asked for.
package enum PostingSelection: Sendable {
    /// All of them, or those of a currency, of a campaign.
    case all(Currency?, campaignID: String?)
    /// Those behind a sum.
    case behind(CompensationReason)
}

extension Ledger {
    /// An influencer's trust with its reasons; nil if no event of theirs counts.
    ///
    /// - Parameter eventsMax: events named of each reason.
    package func explainedTrust(
        of id: String, _ query: Query, eventsMax: Int
    ) async throws(QueryFault) -> Answer<ExplainedTrust>? {
        try await influencer(id, query) { situation in
            let explanation = situation.explainedTrust()
            var events: [TrustReason: ReasonEvents] = [:]
            for reason in TrustReason.all(of: explanation.answer) {
                events[reason] = ReasonEvents(atMost: eventsMax) {
                    situation.positions(of: reason, after: FactPosition(0), limit: $0)
                }
            }
            return ExplainedTrust(explanation: explanation, events: events)
        }
    }

    /// An influencer's advocacy with its reasons; nil if no event of theirs counts.
    ///
    /// - Parameter eventsMax: events named of each reason.
    package func explainedAdvocacy(
        of id: String, _ query: Query, eventsMax: Int
    ) async throws(QueryFault) -> Answer<ExplainedAdvocacy>? {
        try await influencer(id, query) { situation in
            let explanation = situation.explainedAdvocacy()
            var events: [AdvocacyReason: ReasonEvents] = [:]
            for count in AdvocacyReason.countsOfBrands {
                for (brand, found) in situation.mentionPositions(count, limit: eventsMax + 1) {
                    events[.count(count, brandID: brand)] = ReasonEvents(atMost: eventsMax) { _ in found }
                }
            }
            for reason in explanation.reasons where events[reason] == nil && !reason.isOfBrand {
                events[reason] = ReasonEvents(atMost: eventsMax) {
                    situation.positions(of: reason, after: FactPosition(0), limit: $0)
                }
            }
            return ExplainedAdvocacy(explanation: explanation, events: events)
        }
    }

    /// The events behind a reason of trust, ascending; nil if no event of the influencer counts.
    package func events(
        of id: String, behind reason: TrustReason, _ query: Query, after: FactPosition, limit: Int
    ) async throws(QueryFault) -> Answer<Page<EventReference>>? {
        try await events(of: id, query, limit: limit) { $0.positions(of: reason, after: after, limit: $1) }
    }

    /// The events behind a reason of advocacy, ascending; nil if no event of the influencer counts.
    package func events(
        of id: String, behind reason: AdvocacyReason, _ query: Query, after: FactPosition, limit: Int
    ) async throws(QueryFault) -> Answer<Page<EventReference>>? {
        try await events(of: id, query, limit: limit) { $0.positions(of: reason, after: after, limit: $1) }
    }

    private func events(
        of id: String, _ query: Query, limit: Int, positions: @Sendable (Situation, Int) -> [FactPosition]
    ) async throws(QueryFault) -> Answer<Page<EventReference>>? {
        guard let found = try await influencer(id, query, judge: { positions($0, limit + 1) }) else { return nil }
        var items: [EventReference] = []
        for position in found.value.prefix(limit) { items.append(try eventReference(at: position)) }
        return found.with(Page(items: items, next: found.value.count > limit ? items.last?.position.text : nil))
    }

    /// An influencer's postings by the positions of their events; nil if no event of theirs counts.
    package func postings(
        of id: String, _ selection: PostingSelection, _ query: Query, after: FactPosition, limit: Int
    ) async throws(QueryFault) -> Answer<Page<Posting>>? {
        let found = try await influencer(id, query) { situation in
            switch selection {
            case .behind(let reason): situation.postings(of: reason, after: after, limit: limit + 1)
            case .all(let currency, let campaign):
                Array(
                    situation.postings().filter { posting in
                        posting.event.position > after && currency.map { $0 == posting.amount.currency } ?? true
                            && campaign.map { $0 == posting.campaignID } ?? true
                    }.sorted { $0.event.position < $1.event.position }.prefix(limit + 1))
            }
        }
        return found.map { found in
            let items = Array(found.value.prefix(limit))
            let last = items.last.map { Position($0.event.position.rawValue).text }
            return found.with(Page(items: items, next: found.value.count > limit ? last : nil))
        }
    }
}

extension ReasonEvents {
    /// - Parameter positions: so many of them, ascending.
    fileprivate init(atMost limit: Int, positions: (Int) -> [FactPosition]) {
        let found = positions(limit + 1)
        self.init(positions: Array(found.prefix(limit)), hasMore: found.count > limit)
    }
}

extension TrustReason {
    /// All reasons of an answer.
    fileprivate static func all(of answer: TrustAnswer) -> [TrustReason] {
        TrustPart.allCases.map { .part($0) } + EvidenceKind.allCases.map { .evidence($0) }
            + answer.caps.map { .cap($0.kind) } + [.homeTopics]
    }
}

extension AdvocacyReason {
    /// Of a condition: mentions are those of the way's brand, the rest is of no brand.
    package init(_ condition: AdvocacyCondition, of way: AdvocacyWay) {
        let isOfBrand = Self.countsOfBrands.contains(condition.count)
        self = .count(condition.count, brandID: isOfBrand ? way.brandID : nil)
    }

    /// What is counted of each brand.
    fileprivate static let countsOfBrands: [AdvocacyCount] = [
        .mentions, .mentionSpanDays, .lastingMentions, .lastingMonths,
    ]

    fileprivate var isOfBrand: Bool {
        if case .count(_, .some) = self { return true }
        return false
    }
}

extension AdvocacyExplanation {
    /// All reasons it names; some more than once.
    fileprivate var reasons: [AdvocacyReason] {
        let ways = stages.flatMap(\.ways) + flags.flatMap(\.ways)
        return ways.flatMap { way in way.conditions.map { AdvocacyReason($0, of: way) } }
            + flags.map { .flag($0.flag) } + metrics.map { .metric($0.metric) }
    }
}

extension Position {
    /// In digits, as keys of pages have it.
    fileprivate var text: String { String(rawValue) }
}
