// Posts, what became of them, how they were disclosed and received (Events, section 3).

/// Any post, also ones outside every campaign.
public struct PostPublished: Sendable, Equatable {
    public var postID: String
    public var platform: String
    public var topics: [String]
    public var brandIDs: [String]?
    public var campaignID: String?
    public var connection: Connection
    public var disclosure: Disclosure?

    init(from reader: inout FactReader) {
        reader.readPresence()
        postID = reader.readText()
        platform = reader.readText()
        topics = reader.readTexts()
        brandIDs = reader.isPresent() ? reader.readTexts() : nil
        campaignID = reader.isPresent() ? reader.readText() : nil
        connection = reader.readWord()
        disclosure = reader.isPresent() ? reader.readWord(Disclosure.self) : nil
    }
}

/// A post that is there no more.
public struct PostRemoved: Sendable, Equatable {
    public var postID: String
    public var by: Remover

    init(from reader: inout FactReader) {
        postID = reader.readText()
        by = reader.readWord()
    }
}

/// A review of a post's disclosure; the newest by time counts.
public struct DisclosureAssessed: Sendable, Equatable {
    public var postID: String
    public var verdict: Verdict
    public var rule: String?

    init(from reader: inout FactReader) {
        reader.readPresence()
        postID = reader.readText()
        verdict = reader.readWord()
        rule = reader.isPresent() ? reader.readText() : nil
    }
}

/// A post's cumulative counters as seen at `time`.
public struct EngagementRecorded: Sendable, Equatable {
    public var postID: String
    public var likes: Int64
    public var comments: Int64
    public var shares: Int64?
    public var saves: Int64?
    public var views: Int64?
    public var reach: Int64?
    public var impressions: Int64?

    init(from reader: inout FactReader) {
        reader.readPresence()
        postID = reader.readText()
        likes = reader.readInteger()
        comments = reader.readInteger()
        shares = reader.isPresent() ? reader.readInteger() : nil
        saves = reader.isPresent() ? reader.readInteger() : nil
        views = reader.isPresent() ? reader.readInteger() : nil
        reach = reader.isPresent() ? reader.readInteger() : nil
        impressions = reader.isPresent() ? reader.readInteger() : nil
    }
}
