/// A value before and after.
package struct BeforeAfter<Value: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    package var before: Value
    package var after: Value

    package init(before: Value, after: Value) {
        self.before = before
        self.after = after
    }
}

/// A share in basis points before and after; null where its denominator is 0.
package struct ShareChange: Codable, Sendable, Equatable {
    /// `acceptRate`, `earnedShare` or `seedingPostRate`.
    package var metric: String
    @Nullable package var before: Int64?
    @Nullable package var after: Int64?

    package init(metric: String, before: Int64?, after: Int64?) {
        self.metric = metric
        _before = Nullable(wrappedValue: before)
        _after = Nullable(wrappedValue: after)
    }
}

/// A component of trust in basis points before and after.
package struct ComponentChange: Codable, Sendable, Equatable {
    package var component: String
    package var before: Int64
    package var after: Int64

    package init(component: String, before: Int64, after: Int64) {
        self.component = component
        self.before = before
        self.after = after
    }
}

/// What a year and currency come to: decimals with all the currency's minor digits.
package struct ReportedBody: Codable, Sendable, Equatable {
    package var cash: String
    package var gifts: String
    /// Whether the year is reportable; null of currencies other than US dollars, which are not judged.
    @Nullable package var reportable: Bool?

    package init(cash: String, gifts: String, reportable: Bool?) {
        self.cash = cash
        self.gifts = gifts
        _reportable = Nullable(wrappedValue: reportable)
    }
}

/// A calendar year and currency of which something reportable changes.
package struct ReportableChange: Codable, Sendable, Equatable {
    package var year: Int
    package var currency: String
    package var before: ReportedBody
    package var after: ReportedBody

    package init(year: Int, currency: String, before: ReportedBody, after: ReportedBody) {
        self.year = year
        self.currency = currency
        self.before = before
        self.after = after
    }
}

/// An item of `/v1/replays/{id}/changes`: in what an influencer would differ under other policies. Null and empty is what
/// would stay as it is.
package struct ChangeBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var tier: String
    /// Decimals with four places, after and before caps.
    @Nullable package var score: BeforeAfter<String>?
    @Nullable package var scoreBeforeCaps: BeforeAfter<String>?
    package var components: [ComponentChange]
    /// The evidence band, and the number behind it.
    @Nullable package var evidence: BeforeAfter<String>?
    @Nullable package var evidenceCount: BeforeAfter<Int128>?
    /// The caps that apply, binding or not, by their names.
    @Nullable package var caps: BeforeAfter<[String]>?
    /// How many posts are in open breach.
    @Nullable package var openBreaches: BeforeAfter<Int>?
    @Nullable package var stage: BeforeAfter<String>?
    @Nullable package var flags: BeforeAfter<[String]>?
    package var metrics: [ShareChange]
    @Nullable package var homeTopics: BeforeAfter<[String]>?
    /// By currency, then by the name of the sum: decimals with all the currency's minor digits.
    package var compensation: [String: [String: BeforeAfter<String>]]
    package var reportable: [ReportableChange]

    package init(influencerId: String, tier: String) {
        self.influencerId = influencerId
        self.tier = tier
        _score = Nullable(wrappedValue: nil)
        _scoreBeforeCaps = Nullable(wrappedValue: nil)
        components = []
        _evidence = Nullable(wrappedValue: nil)
        _evidenceCount = Nullable(wrappedValue: nil)
        _caps = Nullable(wrappedValue: nil)
        _openBreaches = Nullable(wrappedValue: nil)
        _stage = Nullable(wrappedValue: nil)
        _flags = Nullable(wrappedValue: nil)
        metrics = []
        _homeTopics = Nullable(wrappedValue: nil)
        compensation = [:]
        reportable = []
    }
}
