/// Why trust is what it is: parts that add up exactly to the answer (Projections, section 0, rule 5; section 3).
///
/// In ten-thousandths of the score: Σ `contribution` of the components = `answer.beforeCaps`, and `beforeCaps` +
/// `capping` = `answer.raw`. In basis points of a component: Σ `points` of its parts = its `value`.
public struct TrustExplanation: Sendable, Equatable {
    public let answer: TrustAnswer
    /// In the order of the specification's table.
    public let components: [TrustComponentExplanation]
    /// Add up to `answer.evidenceCount`.
    public let evidence: [EvidencePart]
    /// What the caps take from the sum: zero or less, in ten-thousandths of the score.
    public let capping: Int64
    /// What authenticity and engagement quality are worked out from.
    public let authenticity: AuthenticitySample
    public let engagement: EngagementSample
    /// The topics that niche fit compares with, and whether posts or the registration gave them.
    public let homeTopics: [String]
    public let homeTopicsSource: HomeTopicsSource

    /// The names are those of answers.
    public enum HomeTopicsSource: String, Sendable { case organicPosts, registration, none }
}

/// One component of trust and its parts.
public struct TrustComponentExplanation: Sendable, Equatable {
    public let component: TrustComponent
    /// Of the policy, 0…100.
    public let weight: Int64
    public let value: BasisPoints
    public let parts: [TrustPartExplanation]

    /// weight · value, in ten-thousandths of the score.
    public var contribution: Int64 { weight * value.rawValue }
}

/// A part of a component.
///
/// A beta is ⌊10000 · Σ `good` / (Σ `good` + Σ `bad`)⌋ over its parts, prior included. Each part's points are what the
/// fraction grows by with it, the parts taken in their order and rounded down after each, so that nothing is lost; what
/// is only bad has no points of its own, it makes those of the others smaller.
public struct TrustPartExplanation: Sendable, Equatable {
    public let part: TrustPart
    /// What is counted: messages, posts, brands, deliverables; comments for `commentsRatio`, the share in basis points
    /// for `suspiciousFollowers`.
    public let count: Int128
    /// Σ r·W and Σ s·W of a beta (section 2), 0 elsewhere.
    public let good: UInt128
    public let bad: UInt128
    /// In basis points of the component; what a part takes away is below zero.
    public let points: Int64
}

/// A kind of what the evidence band counts.
public struct EvidencePart: Sendable, Equatable {
    public let kind: EvidenceKind
    public let count: Int128
}

/// What can be asked for the positions of its events. A component is all of its parts.
public enum TrustReason: Hashable, Sendable {
    case component(TrustComponent)
    case part(TrustPart)
    case evidence(EvidenceKind)
    case cap(TrustCap.Kind)
    /// The organic posts whose topics were counted, or the registration.
    case homeTopics
}
