/// A statement for a span of days: what each account held before it, what was posted in it, what it held after it
/// (Projections, section 5). Of an influencer, a campaign, both or all: what is added to it.
///
/// Sums do not depend on the order in which they are added. The postings are given apart, a page at a time
/// (`StatementPage`), since a campaign's can be many.
public struct Statement: Sendable, Equatable {
    /// One account: `closing` = `opening` + `debits` − `credits`, debits positive, in minor units.
    public struct Line: Sendable, Equatable {
        public let currency: Currency
        public let account: Account
        public let opening: Int128
        public let debits: Int128
        public let credits: Int128

        public var closing: Int128 { opening + debits - credits }
    }

    private struct Sums: Sendable, Equatable {
        var opening: Int128 = 0
        var debits: Int128 = 0
        var credits: Int128 = 0
    }

    private struct Place: Hashable {
        let currency: Currency
        let account: Account
    }

    public let span: StatementSpan
    /// Postings within the span.
    public private(set) var postingCount = 0
    private var sums: [Place: Sums] = [:]

    public init(_ span: StatementSpan) { self.span = span }

    /// Adds an influencer's postings.
    public mutating func add(_ situation: Situation) {
        situation.eachTransfer(of: span) { add($0.amount, $0.debit, $0.credit, on: $0.day) }
    }

    /// Adds a campaign's media.
    public mutating func add(_ media: CampaignEvidence, campaignID: String) {
        guard span.campaignID.map({ $0 == campaignID }) ?? true else { return }
        for posting in media.mediaPostings(campaignID: campaignID) where posting.day <= span.to {
            add(posting.amount, posting.debit, posting.credit, on: posting.day)
        }
    }

    /// Adds what another statement of the same span has.
    public mutating func merge(_ other: Statement) {
        precondition(other.span == span, "statements of different spans do not add up")
        postingCount += other.postingCount
        for (place, own) in other.sums {
            sums[place, default: Sums()].opening += own.opening
            sums[place, default: Sums()].debits += own.debits
            sums[place, default: Sums()].credits += own.credits
        }
    }

    /// The accounts with a posting up to the span's end, by currency, then account.
    public var lines: [Line] {
        let places = sums.keys.sorted {
            $0.currency != $1.currency ? $0.currency < $1.currency : $0.account.rawValue < $1.account.rawValue
        }
        return places.compactMap { place in
            sums[place].map {
                Line(
                    currency: place.currency, account: place.account, opening: $0.opening, debits: $0.debits,
                    credits: $0.credits)
            }
        }
    }

    private mutating func add(_ amount: Money, _ debit: Account, _ credit: Account, on day: Day) {
        let units = Int128(amount.minorUnits)
        let (to, from) = (
            Place(currency: amount.currency, account: debit), Place(currency: amount.currency, account: credit)
        )
        if day < span.from {
            sums[to, default: Sums()].opening += units
            sums[from, default: Sums()].opening -= units
        } else {
            postingCount += 1
            sums[to, default: Sums()].debits += units
            sums[from, default: Sums()].credits += units
        }
    }
}

/// The days of a statement, both included, and the one campaign it is of, if it is.
public struct StatementSpan: Sendable, Equatable {
    public let from: Day
    public let to: Day
    /// Nil: all campaigns.
    public let campaignID: String?

    /// Nil when it ends before it begins.
    public init?(from: Day, to: Day, campaignID: String? = nil) {
        guard from <= to else { return nil }
        self.from = from
        self.to = to
        self.campaignID = campaignID
    }

    func contains(_ day: Day) -> Bool { from <= day && day <= to }
}

/// A page of a statement's postings: by (day, time, source, id), those after a place, at most as many as its limit,
/// whatever the order in which they are added. It holds no more than twice its limit.
public struct StatementPage {
    private let span: StatementSpan
    private let after: PostingPlace?
    private let order: any IdentityOrder
    private var first: FirstItems<(owner: String, posting: Posting)>

    /// - Parameters:
    ///   - after: the place of the last posting of the page before; nil: the first page.
    ///   - limit: at least 1.
    ///   - order: decides between events of one time.
    public init(_ span: StatementSpan, after: PostingPlace? = nil, limit: Int, order: some IdentityOrder) {
        self.span = span
        self.after = after
        self.order = order
        first = FirstItems(limit: limit) { order.precedes($0.posting.place, $1.posting.place) }
    }

    /// Adds an influencer's postings.
    public mutating func add(_ situation: Situation, influencerID: String) {
        situation.eachTransfer(of: span) { transfer in
            if span.contains(transfer.day) { add(situation.posting(transfer), owner: influencerID) }
        }
    }

    /// Adds a campaign's media.
    public mutating func add(_ media: CampaignEvidence, campaignID: String) {
        guard span.campaignID.map({ $0 == campaignID }) ?? true else { return }
        for posting in media.mediaPostings(campaignID: campaignID) where span.contains(posting.day) {
            add(posting, owner: "")
        }
    }

    /// The postings, each with the influencer whose it is; nil: media.
    public consuming func finish() -> [(influencerID: String?, posting: Posting)] {
        first.finish().map { ($0.owner.isEmpty ? nil : $0.owner, $0.posting) }
    }

    private mutating func add(_ posting: Posting, owner: String) {
        if let after, !order.precedes(after, posting.place) { return }
        first.add((owner, posting))
    }
}

/// Where a posting stands in a statement: no two postings stand at one place, as an event makes at most one.
public struct PostingPlace: Hashable, Sendable {
    public let day: Day
    public let event: Stamp

    public init(day: Day, event: Stamp) {
        self.day = day
        self.event = event
    }
}

extension Posting {
    /// Its place in a statement.
    public var place: PostingPlace { PostingPlace(day: day, event: event) }
}

extension IdentityOrder {
    func precedes(_ a: PostingPlace, _ b: PostingPlace) -> Bool {
        a.day != b.day ? a.day < b.day : precedes(a.event, b.event)
    }
}

extension Situation {
    /// The transfers up to the end of a span, of its campaign.
    fileprivate func eachTransfer(of span: StatementSpan, _ body: (Transfer) -> Void) {
        let campaign = span.campaignID.map { evidence.campaignNames.find($0) }
        for transfer in evidence.transfers()
        where transfer.day <= span.to && campaign.map({ $0 == transfer.campaign }) ?? true { body(transfer) }
    }
}
