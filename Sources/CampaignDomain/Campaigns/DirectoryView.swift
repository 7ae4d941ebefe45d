/// One campaign as of a moment.
public struct CampaignView: Sendable {
    public let brandID: String
    public let topics: [String]
    public let budget: Money
    public let startsOn: Day
    public let endsOn: Day
    public let opened: Stamp
    /// The earliest closing; nil: not closed.
    public let closed: Stamp?

    init(_ opening: CampaignOpened, opened: Stamp, closed: Stamp?) {
        brandID = opening.brandID
        topics = opening.topics
        budget = opening.budget
        startsOn = opening.startsOn
        endsOn = opening.endsOn
        self.opened = opened
        self.closed = closed
    }
}

/// The directory as of a moment: the campaigns opened and the policies in force.
public struct DirectoryView: Sendable {
    public let asOf: AsOf
    public private(set) var trust: TrustPolicy
    public private(set) var advocacy: AdvocacyPolicy
    public private(set) var tax: TaxPolicy
    private let campaigns: [String: CampaignView]
    private let brands: Set<String>

    init(
        asOf: AsOf, campaigns: [String: CampaignView], trust: TrustPolicy, advocacy: AdvocacyPolicy, tax: TaxPolicy
    ) {
        self.asOf = asOf
        self.campaigns = campaigns
        self.trust = trust
        self.advocacy = advocacy
        self.tax = tax
        brands = Set(campaigns.values.map(\.brandID))
    }

    /// A campaign that is opened.
    public func campaign(_ id: String) -> CampaignView? {
        campaigns[id]
    }

    /// The brand of an opened campaign.
    public func brand(ofCampaign id: String) -> String? {
        campaigns[id]?.brandID
    }

    /// Whether a campaign of that brand is opened.
    public func hasCampaign(ofBrand brandID: String) -> Bool {
        brands.contains(brandID)
    }

    /// The same campaigns under other policies: as if only these had ever been published, and held for all time. Kinds that
    /// are not given stay as they are. What replaces a version has none: 0.
    ///
    /// - Parameter parameters: of a kind in the order of its table, checked as those of `policy.published` are.
    public func replacing(_ parameters: [PolicyKind: [Int64]]) -> DirectoryView {
        var view = self
        if let trust = parameters[.trust] { view.trust = TrustPolicy(version: 0, trust) }
        if let advocacy = parameters[.advocacy] { view.advocacy = AdvocacyPolicy(version: 0, advocacy) }
        if let tax = parameters[.tax] { view.tax = TaxPolicy(version: 0, tax) }
        return view
    }

    /// Whether the same brands have a campaign.
    func hasSameBrands(as other: DirectoryView) -> Bool {
        brands == other.brands
    }

    /// All opened campaigns, sorted.
    public var campaignIDs: [String] {
        campaigns.keys.sorted()
    }

    /// The version of the policy in force; 0: the defaults.
    public func policyVersion(_ kind: PolicyKind) -> Int64 {
        switch kind {
        case .trust: return trust.version
        case .advocacy: return advocacy.version
        case .tax: return tax.version
        }
    }
}
