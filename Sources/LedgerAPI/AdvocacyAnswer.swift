/// An influencer's advocacy (Projections, section 4).
package struct AdvocacyBody: Codable, Sendable, Equatable {
    /// Of `ambassador`, `atRisk` and `dormant`, those that apply, sorted.
    package var flags: [String]
    package var metrics: AdvocacyMetricSet
    /// `prospect`, `contacted`, `agreed`, `seeded`, `activated`, `repeat`, `advocate` or `trueFan`.
    package var stage: String
    /// The stage's place on the ladder, 0 to 7.
    package var stageRank: Int

    package init(flags: [String], metrics: AdvocacyMetricSet, stage: String, stageRank: Int) {
        self.flags = flags
        self.metrics = metrics
        self.stage = stage
        self.stageRank = stageRank
    }
}

/// Shares in basis points; null where the denominator is 0.
package struct AdvocacyMetricSet: Codable, Sendable, Equatable {
    @Nullable package var acceptRateBp: Int64?
    @Nullable package var earnedShareBp: Int64?
    @Nullable package var seedingPostRateBp: Int64?

    package init(acceptRateBp: Int64?, earnedShareBp: Int64?, seedingPostRateBp: Int64?) {
        self._acceptRateBp = Nullable(wrappedValue: acceptRateBp)
        self._earnedShareBp = Nullable(wrappedValue: earnedShareBp)
        self._seedingPostRateBp = Nullable(wrappedValue: seedingPostRateBp)
    }
}
