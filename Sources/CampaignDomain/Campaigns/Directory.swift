/// All openings of campaigns and all policies, with their times and positions: what an influencer's evaluation needs to
/// know beside the influencer's own facts. A value; copies share their storage until one changes.
public struct Directory: Sendable {
    /// What the stream of one campaign says about it.
    private struct CampaignFacts: Sendable {
        var openings: [(stamp: Stamp, opening: CampaignOpened)] = []
        var closings: [Stamp] = []
    }

    private var campaigns: [String: CampaignFacts] = [:]
    private var policies: [PolicyKind: [(stamp: Stamp, policy: PolicyPublished)]] = [:]
    /// By the position of each retracted event of a campaign: the first retraction of it.
    private var retractions: [FactPosition: FactPosition] = [:]

    public init() {}

    /// Takes in a fact of a campaign's stream. Ad flights are the campaign's own evidence and of no use here.
    public mutating func insert(_ fact: Fact, campaignID: String) {
        let stamp = Stamp(time: fact.time, position: fact.position)
        switch fact.content {
        case .campaignOpened(let opening):
            campaigns[campaignID, default: CampaignFacts()].openings.append((stamp, opening))
        case .campaignClosed:
            campaigns[campaignID, default: CampaignFacts()].closings.append(stamp)
        case .eventRetracted(let retraction):
            retractions[retraction.target] = min(retractions[retraction.target] ?? fact.position, fact.position)
        default: break
        }
    }

    /// Takes in a fact of a policy's stream.
    public mutating func insert(_ fact: Fact, policy: PolicyKind) {
        guard case .policyPublished(let published) = fact.content else { return }
        policies[policy, default: []].append((Stamp(time: fact.time, position: fact.position), published))
    }

    /// What of the directory the trust of an influencer asks for: the campaigns that their events name, and all
    /// policies. Views of it are cheap however large the programme is.
    func concerning(campaigns wanted: Set<String>) -> Directory {
        var directory = self
        directory.campaigns = campaigns.filter { wanted.contains($0.key) }
        return directory
    }

    /// The first instant after the given one at which a view differs without new facts: something dated ahead comes
    /// into its time, or a policy takes effect. Nil: never.
    public func nextChange(after instant: Instant) -> Instant? {
        var next: Instant?
        func consider(_ time: Instant) {
            if time > instant, next.map({ time < $0 }) ?? true { next = time }
        }
        for facts in campaigns.values {
            facts.openings.forEach { consider($0.stamp.time) }
            facts.closings.forEach { consider($0.time) }
        }
        for published in policies.values {
            published.forEach { consider(max($0.stamp.time, $0.policy.effectiveFrom)) }
        }
        return next
    }

    /// The directory as of a moment.
    public func view(_ asOf: AsOf, order: some IdentityOrder) -> DirectoryView {
        var views: [String: CampaignView] = [:]
        for (id, facts) in campaigns {
            let openings = facts.openings.filter { counts($0.stamp, asOf) }
            guard let earliest = openings.min(by: { order.precedes($0.stamp, $1.stamp) }) else { continue }
            let closed = facts.closings.filter { counts($0, asOf) }.min { order.precedes($0, $1) }
            views[id] = CampaignView(earliest.opening, opened: earliest.stamp, closed: closed)
        }
        return DirectoryView(
            asOf: asOf, campaigns: views,
            trust: newest(.trust, asOf, order).map { TrustPolicy(version: $0.version, $0.parameters) } ?? .standard,
            advocacy: newest(.advocacy, asOf, order).map { AdvocacyPolicy(version: $0.version, $0.parameters) }
                ?? .standard,
            tax: newest(.tax, asOf, order).map { TaxPolicy(version: $0.version, $0.parameters) } ?? .standard)
    }

    /// The newest policy of a kind that is in effect.
    private func newest(_ kind: PolicyKind, _ asOf: AsOf, _ order: some IdentityOrder) -> PolicyPublished? {
        let inEffect = (policies[kind] ?? []).filter {
            counts($0.stamp, asOf) && $0.policy.effectiveFrom <= asOf.at
        }
        return inEffect.max { order.precedes($0.stamp, $1.stamp) }?.policy
    }

    private func counts(_ stamp: Stamp, _ asOf: AsOf) -> Bool {
        guard stamp.time <= asOf.at, asOf.knows(stamp.position) else { return false }
        return retractions[stamp.position].map { !asOf.knows($0) } ?? true
    }
}
