import CampaignDomain
import Testing

/// The vectors of Projections, section 3: the arithmetic, apart from which events count.
@Suite("Trust vectors")
struct TrustVectorTests {
    struct Case: Sendable {
        let name: String
        let components: TrustComponents
        let raw: Int64
        let decimal: String
    }

    static func components(_ values: [Int64]) -> TrustComponents {
        TrustComponents(
            responsiveness: BasisPoints(values[0]), nicheFit: BasisPoints(values[1]),
            authenticity: BasisPoints(values[2]), engagementQuality: BasisPoints(values[3]),
            disclosure: BasisPoints(values[4]), reliability: BasisPoints(values[5]))
    }

    static let cases = [
        Case(
            name: "new influencer", components: components([5000, 5000, 5000, 5000, 5000, 5000]), raw: 500_000,
            decimal: "50.0000"),
        Case(
            name: "book blogger", components: components([8326, 8750, 10_000, 10_000, 8750, 8750]), raw: 922_770,
            decimal: "92.2770"),
        Case(
            name: "over-promoting", components: components([8326, 5769, 500, 10_000, 9615, 9615]), raw: 657_855,
            decimal: "65.7855"),
        Case(
            name: "one undisclosed, before the cap", components: components([8326, 8888, 10_000, 10_000, 7777, 8888]),
            raw: 910_935, decimal: "91.0935"),
        Case(
            name: "bought followers", components: components([588, 5000, 5600, 0, 6250, 7500]), raw: 358_010,
            decimal: "35.8010"),
    ]

    @Test("Components add up to the score", arguments: cases)
    func sums(vector: Case) {
        let sum = vector.components.weighted(by: TrustPolicy.standard.weights)
        #expect(sum == vector.raw, "\(vector.name)")
        #expect(Score(sum).decimal == vector.decimal, "\(vector.name)")
    }

    @Test(
        "Authenticity falls with the share of sponsored posts",
        arguments: [
            (0, 10_000), (20, 10_000), (21, 9800), (30, 8000), (45, 5000), (60, 2000), (69, 200), (70, 0),
        ] as [(Int, Int64)])
    func authenticity(sponsored: Int, value: Int64) {
        let sample = AuthenticitySample(posts: 100, sponsored: sponsored, brands: 3)
        #expect(sample.value(.standard) == BasisPoints(value))
    }

    @Test(
        "Authenticity of the vectors' bloggers",
        arguments: [
            (AuthenticitySample(posts: 40, sponsored: 6, brands: 2), 10_000),
            (AuthenticitySample(posts: 40, sponsored: 24, brands: 8), 500),
            (AuthenticitySample(posts: 41, sponsored: 7, brands: 2), 10_000),
            (AuthenticitySample(posts: 20, sponsored: 6, brands: 5), 5600),
            (AuthenticitySample(posts: 4, sponsored: 4, brands: 4), 5000),
            (AuthenticitySample(posts: 5, sponsored: 0, brands: 0), 10_000),
            (AuthenticitySample(posts: 100, sponsored: 0, brands: 9), 1000),
            (AuthenticitySample(posts: 100, sponsored: 10, brands: 50), 1000),
        ] as [(AuthenticitySample, Int64)])
    func authenticityOfBloggers(sample: AuthenticitySample, value: Int64) {
        #expect(sample.value(.standard) == BasisPoints(value))
    }

    @Test(
        "Engagement quality of the vectors and around its bounds",
        arguments: [
            // er 286 over 220: ρ 13000.
            (EngagementSample(posts: 40, likes: 12_800, comments: 960, anomalies: 0, followers: 12_000), 10_000),
            (EngagementSample(posts: 41, likes: 13_120, comments: 984, anomalies: 0, followers: 12_000), 10_000),
            // er 37 over 180: ρ 2055, base 4110; anomalies 500 bp: 3000; suspicious: 5000.
            (
                EngagementSample(
                    posts: 20, likes: 6000, comments: 60, anomalies: 1, followers: 80_000, suspiciousBp: 6000), 0
            ),
            (EngagementSample(posts: 0, likes: 0, comments: 0, anomalies: 0, followers: 900), 5000),
            (EngagementSample(posts: 3, likes: 9, comments: 1, anomalies: 0, followers: 0), 5000),
            (EngagementSample(posts: 3, likes: 9, comments: 1, anomalies: 0, followers: nil), 5000),
            // nano, er 149: ρ 4966, doubled.
            (EngagementSample(posts: 10, likes: 142, comments: 7, anomalies: 0, followers: 1000), 9932),
            // ρ beyond 40000 falls again: er 2000 over 300 is 66666.
            (EngagementSample(posts: 1, likes: 190, comments: 10, anomalies: 0, followers: 1000), 6000),
            // m = 24: comments are too few. m = 25 is enough; m = 1000 is not too many, 1001 is.
            (EngagementSample(posts: 1, likes: 100_000, comments: 249, anomalies: 0, followers: 5_000_000), 8000),
            (EngagementSample(posts: 1, likes: 100_000, comments: 250, anomalies: 0, followers: 5_000_000), 10_000),
            (EngagementSample(posts: 1, likes: 100_000, comments: 10_000, anomalies: 0, followers: 5_000_000), 10_000),
            (EngagementSample(posts: 1, likes: 100_000, comments: 10_010, anomalies: 0, followers: 5_000_000), 8000),
            // Without likes comments are not judged.
            (EngagementSample(posts: 1, likes: 0, comments: 30, anomalies: 0, followers: 1000), 10_000),
            // Anomalies of 2 % are free, beyond it ten times the excess, at most 5000.
            (EngagementSample(posts: 50, likes: 1500, comments: 50, anomalies: 1, followers: 1000), 10_000),
            (EngagementSample(posts: 40, likes: 1200, comments: 40, anomalies: 1, followers: 1000), 9500),
            (EngagementSample(posts: 10, likes: 300, comments: 10, anomalies: 5, followers: 1000), 5000),
            // Suspicious followers up to 2500 bp are free, beyond it twice the excess.
            (
                EngagementSample(
                    posts: 1, likes: 30, comments: 1, anomalies: 0, followers: 1000, suspiciousBp: 2500), 10_000
            ),
            (
                EngagementSample(
                    posts: 1, likes: 30, comments: 1, anomalies: 0, followers: 1000, suspiciousBp: 2501), 9998
            ),
        ] as [(EngagementSample, Int64)])
    func engagement(sample: EngagementSample, value: Int64) {
        #expect(sample.value(.standard) == BasisPoints(value))
    }

    @Test("The largest counters do not overflow")
    func largest() {
        let most = Int128((1 << 53) - 1) * 10_000
        let sample = EngagementSample(posts: 10_000, likes: most, comments: most, anomalies: 0, followers: 1)
        #expect(sample.value(.standard) == BasisPoints(0))
        let likes = [Int64](repeating: 0, count: 5) + [1, 2, 3, 4, 5, (1 << 53) - 1]
        #expect(EngagementSample.anomalies(likes: likes, .standard) == 1)
    }

    @Test("Anomalies are told by lower medians, among ten posts or more")
    func anomalies() {
        // med 105, distances 5 5 3 3 1 1 1 3 3 …: MAD 3; 6745·x > 180000 from x = 27 on.
        let likes: [Int64] = [100, 102, 104, 104, 105, 106, 108, 108, 110]
        #expect(EngagementSample.anomalies(likes: likes + [132], .standard) == 1)
        #expect(EngagementSample.anomalies(likes: likes + [131], .standard) == 0)
        #expect(EngagementSample.anomalies(likes: likes, .standard) == 0)
        let same = [Int64](repeating: 7, count: 9)
        #expect(EngagementSample.anomalies(likes: same + [1000], .standard) == 0, "MAD is 0")
        #expect(EngagementSample.anomalies(likes: [], .standard) == 0)
    }

    @Test(
        "Tiers by followers",
        arguments: [
            (nil, .unknown), (0, .emerging), (499, .emerging), (500, .nano), (4999, .nano), (5000, .micro),
            (20_000, .micro), (20_001, .mid), (99_999, .mid), (100_000, .macro), (999_999, .macro),
            (1_000_000, .mega),
        ] as [(Int64?, Tier)])
    func tiers(followers: Int64?, tier: Tier) {
        #expect(Tier(followers: followers) == tier)
        #expect(tier.isMicroInfluencerBand == (500...20_000).contains(followers ?? -1))
    }
}
