/// The words a simulated programme speaks in. All are valid in their field (Events, sections 1 and 3).
enum Vocabulary {
    static let topics: [StaticString] = [
        "books", "music", "cycling", "cooking", "baking", "tea", "coffee", "ceramics", "gardening", "photography",
        "running", "yoga", "climbing", "hiking", "camping", "travel", "skincare", "makeup", "hair", "perfume",
        "fashion", "sustainable-fashion", "sneakers", "jewellery", "interior", "diy", "knitting", "painting", "film",
        "gaming", "board-games", "gadgets", "audio", "science", "languages", "parenting", "pets", "dogs", "vegan",
        "wine",
    ]
    static let platforms: [StaticString] = ["instagram", "tiktok", "youtube", "twitch", "pinterest"]
    static let countries: [StaticString] = ["DE", "AT", "FR", "NL", "ES", "IT", "SE", "PL", "GB", "US", "CA", "JP"]
    static let channels: [StaticString] = ["email", "direct-message", "agency"]
    static let jurisdictions: [StaticString] = ["EU", "UK", "US"]
    static let kinds: [StaticString] = ["gift", "paid", "affiliate", "ambassador"]
    static let verdicts: [StaticString] = ["clear", "ambiguous", "missing", "notRequired"]
    static let feeKinds: [StaticString] = ["fee", "usageRights", "bonus", "reimbursement"]
    static let removers: [StaticString] = ["influencer", "brand", "platform", "unknown"]
    static let declineReasons: [StaticString] = ["fee", "capacity", "other"]
    static let endReasons: [StaticString] = ["completed", "cancelled", "breach"]
    static let reversalReasons: [StaticString] = ["refund", "cancellation", "fraud"]
    static let failureReasons: [StaticString] = ["account-closed", "iban-invalid", "bank-timeout"]
}

/// A currency of the programme and its minor digits.
enum SimulatedCurrency: UInt8, Sendable {
    case euro, dollar, pound, yen

    var code: StaticString {
        switch self {
        case .euro: "EUR"
        case .dollar: "USD"
        case .pound: "GBP"
        case .yen: "JPY"
        }
    }

    /// How many digits stand behind the point.
    var minorDigits: Int {
        self == .yen ? 0 : 2
    }

    /// Minor units of an amount of hundredths of a euro: prices keep their size in every currency.
    func minorUnits(ofCents cents: Int) -> Int {
        self == .yen ? cents * 3 / 2 : cents
    }
}
