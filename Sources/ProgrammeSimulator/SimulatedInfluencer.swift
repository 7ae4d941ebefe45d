/// One influencer's state: what later events must agree with. Kept small, for there may be millions.
struct SimulatedInfluencer: Sendable {
    /// Nobody has more followers than this.
    static let followersMax = 400_000_000

    var followers: UInt32
    /// Share of followers that an audit finds fake, basis points.
    var suspiciousBp: UInt16
    /// Share of messages replied to, and of sponsored posts disclosed clearly, in per cent.
    var repliesPercent: UInt8
    var honestyPercent: UInt8
    /// Likes of a post per ten thousand followers.
    var engagementBp: UInt16
    /// Indexes into the topics; the first `nicheCount` are declared.
    var niches: (UInt8, UInt8, UInt8)
    var nicheCount: UInt8
    var platform: UInt8
    var posts: UInt32 = 0
    var orders: UInt32 = 0
    var shipments: UInt16 = 0
    var fees: UInt16 = 0
    var payouts: UInt16 = 0
    var withholdings: UInt16 = 0
    /// Campaigns below this number have invited already.
    var invitedBelow: UInt32 = 0
    /// The campaign worked for last, plus one: its brand may be mentioned later without pay. 0 for none.
    var favouriteCampaign: UInt32 = 0

    /// Draws a new member: most have 500 to 20,000 followers, three in a hundred bought theirs.
    init(_ random: inout SplitMix64) {
        let bought = random.happens(bp: 300)
        let size = Self.drawFollowers(&random)
        followers = UInt32(size)
        suspiciousBp = UInt16(bought ? random.within(2_600...8_000) : random.within(200...2_400))
        repliesPercent = UInt8(random.within(20...98))
        honestyPercent = UInt8(random.happens(bp: 1_500) ? random.within(30...80) : random.within(93...100))
        let rate = size < 5_000 ? 420 : size < 20_000 ? 280 : size < 100_000 ? 190 : 140
        engagementBp = UInt16(bought ? random.within(5...40) : random.within(rate / 2...rate * 2))
        let first = UInt8(random.below(Vocabulary.topics.count))
        niches = (first, Self.neighbour(of: first, 1), Self.neighbour(of: first, 3))
        nicheCount = UInt8(random.within(1...3))
        platform = UInt8(random.happens(bp: 6_000) ? 0 : random.below(Vocabulary.platforms.count))
    }

    private static func neighbour(of topic: UInt8, _ distance: UInt8) -> UInt8 {
        (topic + distance) % UInt8(Vocabulary.topics.count)
    }

    private static func drawFollowers(_ random: inout SplitMix64) -> Int {
        let octave =
            switch random.below(1_000) {
            case ..<50: random.within(5...8)
            case ..<870: random.within(9...13)
            case ..<970: random.within(14...15)
            case ..<995: random.within(16...19)
            default: random.within(20...22)
            }
        return (1 << octave) + random.below(1 << octave)
    }

    /// The topic at a place of the niches, 0 to 2.
    func niche(_ place: Int) -> UInt8 {
        place == 0 ? niches.0 : place == 1 ? niches.1 : niches.2
    }

    func isHome(_ topic: UInt8) -> Bool {
        topic == niches.0 || topic == niches.1 || topic == niches.2
    }
}
