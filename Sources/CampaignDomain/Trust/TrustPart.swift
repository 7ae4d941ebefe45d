/// What a component of trust is made of. The names are those of answers.
///
/// Source: Projections, section 3, the table; section 0, rule 5.
public enum TrustPart: String, CaseIterable, Sendable {
    /// What a beta starts from: one good and one bad, before any evidence.
    case prior
    /// Responsiveness: messages answered, and not.
    case replied, unreplied
    /// Niche fit: sponsored posts that meet the home topics, those that do not, and refusals that honour.
    case onTopic, offTopic, declinedOffNiche
    /// Authenticity: the posts of the days, what the share of sponsored ones takes away, what their brands take away.
    case recentPosts, sponsoredShare, brands
    /// Engagement quality: what the rate is worth, what is taken from it, and what keeps it within 0…10000.
    case engagementRate, anomalies, commentsRatio, suspiciousFollowers, bounds
    /// Disclosure: verdicts on the posts that need it.
    case clear, ambiguous, missing
    /// Reliability: deliverables met, and missed.
    case met, missed

    /// The parts of a component, in the order in which they are added up.
    public static func parts(of component: TrustComponent) -> [TrustPart] {
        switch component {
        case .responsiveness: return [.prior, .replied, .unreplied]
        case .nicheFit: return [.prior, .onTopic, .declinedOffNiche, .offTopic]
        case .authenticity: return [.recentPosts, .sponsoredShare, .brands]
        case .engagementQuality: return [.engagementRate, .anomalies, .commentsRatio, .suspiciousFollowers, .bounds]
        case .disclosure: return [.prior, .clear, .ambiguous, .missing]
        case .reliability: return [.prior, .met, .missed]
        }
    }
}

/// A piece of evidence of a component that is a beta: what it counts for and where it comes from.
struct TrustEvidence {
    /// Where a piece of evidence comes from: places in the evidence's or the situation's lists.
    enum Source {
        case conversation(Int)
        case reply(Int)
        case post(Int)
        /// The collaboration whose due passed.
        case due(Int)
    }

    let part: TrustPart
    /// Good and bad units.
    let good: Int64
    let bad: Int64
    /// W at its age.
    let weight: UInt64
    let source: Source
}
