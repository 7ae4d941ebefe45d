/// The first line of `/v1/export/…`: what follows, and the one moment all of it is of.
package struct ExportBeginning: Codable, Sendable, Equatable {
    /// `postings`, `influencers`, `posts` or `exceptions`.
    package var export: String
    package var ledgerId: String
    /// Of the program that wrote it.
    package var version: String
    package var position: UInt64
    package var head: UInt64
    /// RFC 3339 in UTC.
    package var at: String
    package var policyVersion: PolicyVersionSet
    /// How many influencers are gone through, to show progress by; some may have no line. Null where it is not known.
    @Nullable package var influencers: Int?

    package init(
        export: String, ledgerId: String, version: String, standing: Standing, influencers: Int?
    ) {
        self.export = export
        self.ledgerId = ledgerId
        self.version = version
        position = standing.position
        head = standing.head
        at = standing.at
        policyVersion = standing.policyVersion
        self._influencers = Nullable(wrappedValue: influencers)
    }
}

/// The last line of `/v1/export/…`; an export without it was cut off.
package struct ExportEnd: Codable, Sendable, Equatable {
    /// Always true; no other line has it.
    package var end: Bool
    /// Lines between the first and this one.
    package var count: Int

    package init(count: Int) {
        end = true
        self.count = count
    }
}

/// A line of `/v1/export/influencers`: the single answer's body with what the ledger knows of the person.
package struct ExportedInfluencerBody: Codable, Sendable, Equatable {
    package var influencer: InfluencerBody
    /// Of the registration; null for one who is known only by events.
    @Nullable package var platform: String?
    package var homeTopics: [String]
    /// Of live posts of age ≤ 365 days.
    package var engagements: Int128
    /// When they were registered, RFC 3339 in UTC; null for one who is known only by events.
    @Nullable package var registered: String?

    package init(
        influencer: InfluencerBody, platform: String?, homeTopics: [String], engagements: Int128, registered: String?
    ) {
        self.influencer = influencer
        self._platform = Nullable(wrappedValue: platform)
        self.homeTopics = homeTopics
        self.engagements = engagements
        self._registered = Nullable(wrappedValue: registered)
    }

    private enum CodingKeys: String, CodingKey {
        case platform, homeTopics, engagements, registered
    }

    package init(from decoder: any Decoder) throws {
        influencer = try InfluencerBody(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        _platform = try container.decode(Nullable<String>.self, forKey: .platform)
        homeTopics = try container.decode([String].self, forKey: .homeTopics)
        engagements = try container.decode(Int128.self, forKey: .engagements)
        _registered = try container.decode(Nullable<String>.self, forKey: .registered)
    }

    package func encode(to encoder: any Encoder) throws {
        try influencer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(_platform, forKey: .platform)
        try container.encode(homeTopics, forKey: .homeTopics)
        try container.encode(engagements, forKey: .engagements)
        try container.encode(_registered, forKey: .registered)
    }
}

/// A line of `/v1/export/posts`: a post with whose it is and the event that published it.
package struct ExportedPostBody: Codable, Sendable, Equatable {
    package var post: PostBody
    package var influencerId: String
    /// Of the publication.
    package var position: UInt64
    package var source: String
    package var id: String

    package init(post: PostBody, influencerId: String, position: UInt64, source: String, id: String) {
        self.post = post
        self.influencerId = influencerId
        self.position = position
        self.source = source
        self.id = id
    }

    private enum CodingKeys: String, CodingKey {
        case influencerId, position, source, id
    }

    package init(from decoder: any Decoder) throws {
        post = try PostBody(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        influencerId = try container.decode(String.self, forKey: .influencerId)
        position = try container.decode(UInt64.self, forKey: .position)
        source = try container.decode(String.self, forKey: .source)
        id = try container.decode(String.self, forKey: .id)
    }

    package func encode(to encoder: any Encoder) throws {
        try post.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(influencerId, forKey: .influencerId)
        try container.encode(position, forKey: .position)
        try container.encode(source, forKey: .source)
        try container.encode(id, forKey: .id)
    }
}
