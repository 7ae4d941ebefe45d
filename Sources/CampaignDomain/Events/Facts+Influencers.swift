// Who takes part, their audience, how they answer it, what they were invited to and agreed (Events, section 3).

/// Joins the programme; the declared niches.
public struct InfluencerRegistered: Sendable, Equatable {
    public var platform: String
    public var country: String?
    public var niches: [String]

    init(from reader: inout FactReader) {
        reader.readPresence()
        platform = reader.readText()
        country = reader.isPresent() ? reader.readCountry() : nil
        niches = reader.readTexts()
    }
}

/// A snapshot of the audience at `time`; suspiciousBp is the share of followers an audit finds fake.
public struct AudienceMeasured: Sendable, Equatable {
    public var followers: Int64
    public var following: Int64?
    public var posts: Int64?
    public var suspiciousBp: Int64?

    init(from reader: inout FactReader) {
        reader.readPresence()
        followers = reader.readInteger()
        following = reader.isPresent() ? reader.readInteger() : nil
        posts = reader.isPresent() ? reader.readInteger() : nil
        suspiciousBp = reader.isPresent() ? reader.readInteger() : nil
    }
}

/// A window from `from` to `time`.
public struct ConversationRecorded: Sendable, Equatable {
    public var from: Instant
    public var commentsReceived: Int64
    public var commentsReplied: Int64
    public var directMessagesReceived: Int64
    public var directMessagesReplied: Int64

    init(from reader: inout FactReader) {
        from = reader.readInstant()
        commentsReceived = reader.readInteger()
        commentsReplied = reader.readInteger()
        directMessagesReceived = reader.readInteger()
        directMessagesReplied = reader.readInteger()
    }
}

/// An invitation.
public struct OutreachSent: Sendable, Equatable {
    public var campaignID: String
    public var channel: String?

    init(from reader: inout FactReader) {
        reader.readPresence()
        campaignID = reader.readText()
        channel = reader.isPresent() ? reader.readText() : nil
    }
}

/// The answer to an invitation.
public struct OutreachAnswered: Sendable, Equatable {
    public var campaignID: String
    public var answer: OutreachAnswer
    public var reason: DeclineReason?

    init(from reader: inout FactReader) {
        reader.readPresence()
        campaignID = reader.readText()
        answer = reader.readWord()
        reason = reader.isPresent() ? reader.readWord(DeclineReason.self) : nil
    }
}

/// What an influencer agreed to in a campaign.
public struct CollaborationAgreed: Sendable, Equatable {
    public var campaignID: String
    public var kind: CollaborationKind
    public var deliverables: Int64
    public var deadlineDays: Int64
    public var fee: Money?
    public var commissionBp: Int64?
    public var jurisdiction: Jurisdiction?
    public var termDays: Int64?

    init(from reader: inout FactReader) {
        reader.readPresence()
        campaignID = reader.readText()
        kind = reader.readWord()
        deliverables = reader.readInteger()
        deadlineDays = reader.readInteger()
        fee = reader.isPresent() ? reader.readMoney() : nil
        commissionBp = reader.isPresent() ? reader.readInteger() : nil
        jurisdiction = reader.isPresent() ? reader.readWord(Jurisdiction.self) : nil
        termDays = reader.isPresent() ? reader.readInteger() : nil
    }
}

/// The end of a collaboration.
public struct CollaborationEnded: Sendable, Equatable {
    public var campaignID: String
    public var reason: EndReason

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        reason = reader.readWord()
    }
}
