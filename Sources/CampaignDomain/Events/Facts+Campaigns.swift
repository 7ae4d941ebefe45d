// Campaigns and the paid ads beside them; the campaign is the row's (Events, section 3).

/// A campaign of a brand, with its topics, budget and days.
public struct CampaignOpened: Sendable, Equatable {
    public var brandID: String
    public var topics: [String]
    public var budget: Money
    public var startsOn: Day
    public var endsOn: Day

    init(from reader: inout FactReader) {
        brandID = reader.readText()
        topics = reader.readTexts()
        budget = reader.readMoney()
        startsOn = reader.readDay()
        endsOn = reader.readDay()
    }
}

/// The end of a campaign.
public struct CampaignClosed: Sendable, Equatable {
    public var reason: String

    init(from reader: inout FactReader) {
        reason = reader.readText()
    }
}

/// Paid ads from one instant to another.
public struct AdflightRecorded: Sendable, Equatable {
    public var flightID: String
    public var from: Instant
    public var to: Instant
    public var spend: Money
    public var impressions: Int64

    init(from reader: inout FactReader) {
        flightID = reader.readText()
        from = reader.readInstant()
        to = reader.readInstant()
        spend = reader.readMoney()
        impressions = reader.readInteger()
    }
}
