/// The size of an influencer's audience. It gives no trust: it only chooses the engagement benchmark.
///
/// Source: Projections, section 1.
public enum Tier: String, CaseIterable, Sendable {
    case unknown, emerging, nano, micro, mid, macro, mega

    /// The tier of an audience; nil followers: not measured yet.
    public init(followers: Int64?) {
        switch followers {
        case nil: self = .unknown
        case .some(..<500): self = .emerging
        case .some(..<5000): self = .nano
        case .some(...20_000): self = .micro
        case .some(..<100_000): self = .mid
        case .some(..<1_000_000): self = .macro
        case .some: self = .mega
        }
    }

    /// nano and micro: 500…20,000 followers.
    public var isMicroInfluencerBand: Bool { self == .nano || self == .micro }

    /// Place in the table of benchmarks.
    var benchmarkIndex: Int? {
        switch self {
        case .unknown: return nil
        case .emerging: return 0
        case .nano: return 1
        case .micro: return 2
        case .mid: return 3
        case .macro: return 4
        case .mega: return 5
        }
    }
}
