/// The parameters of advocacy in force (Projections, sections 4 and 8).
public struct AdvocacyPolicy: Sendable {
    /// 0: the defaults, no policy in force.
    public let version: Int64
    public let repeatCampaigns: Int
    public let repeatPosts: Int
    public let repeatMonths: Int
    public let unpaidDays: Int
    public let advocateMentions: Int
    public let advocateDays: Int
    public let advocateGapDays: Int
    public let trueFanMentions: Int
    public let trueFanDays: Int
    public let trueFanMonths: Int
    public let dormantDays: Int
    public let missedDeliverables: Int

    /// The values printed in Projections, section 8.
    public static let standard = AdvocacyPolicy(version: 0, PolicyParameter.advocacy.map(\.standard))

    /// - Parameter parameters: in the order of `PolicyParameter.advocacy`, checked when the event was recorded.
    public init(version: Int64, _ parameters: [Int64]) {
        precondition(parameters.count == PolicyParameter.advocacy.count, "advocacy policy \(version) lacks parameters")
        var rest = ParameterList(parameters)
        self.version = version
        (repeatCampaigns, repeatPosts, repeatMonths) = (rest.nextCount(), rest.nextCount(), rest.nextCount())
        unpaidDays = rest.nextCount()
        (advocateMentions, advocateDays, advocateGapDays) = (rest.nextCount(), rest.nextCount(), rest.nextCount())
        (trueFanMentions, trueFanDays, trueFanMonths) = (rest.nextCount(), rest.nextCount(), rest.nextCount())
        (dormantDays, missedDeliverables) = (rest.nextCount(), rest.nextCount())
    }
}
