/// An item of `/v1/influencers`: all that `/v1/influencers/{id}` says, and what lists are sorted and filtered by beside
/// it, in one JSON object.
package struct InfluencerItemBody: Codable, Sendable, Equatable {
    package var influencer: InfluencerBody
    /// Likes, comments, shares and saves of live posts of age ≤ 365.
    package var engagements: Int64
    /// Of the registration; null: known only by events.
    @Nullable package var platform: String?
    /// The most frequent first.
    package var homeTopics: [String]

    package init(influencer: InfluencerBody, engagements: Int64, platform: String?, homeTopics: [String]) {
        self.influencer = influencer
        self.engagements = engagements
        self._platform = Nullable(wrappedValue: platform)
        self.homeTopics = homeTopics
    }

    private enum CodingKeys: String, CodingKey {
        case engagements, platform, homeTopics
    }

    package init(from decoder: any Decoder) throws {
        influencer = try InfluencerBody(from: decoder)
        let members = try decoder.container(keyedBy: CodingKeys.self)
        engagements = try members.decode(Int64.self, forKey: .engagements)
        _platform = try members.decode(Nullable<String>.self, forKey: .platform)
        homeTopics = try members.decode([String].self, forKey: .homeTopics)
    }

    package func encode(to encoder: any Encoder) throws {
        try influencer.encode(to: encoder)
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(engagements, forKey: .engagements)
        try members.encode(_platform, forKey: .platform)
        try members.encode(homeTopics, forKey: .homeTopics)
    }
}
