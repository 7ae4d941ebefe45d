/// The body of `/v1/influencers/{id}/advocacy?explain=true`.
package struct ExplainedAdvocacyBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var advocacy: AdvocacyBody
    package var explanation: AdvocacyExplanationBody

    package init(influencerId: String, advocacy: AdvocacyBody, explanation: AdvocacyExplanationBody) {
        self.influencerId = influencerId
        self.advocacy = advocacy
        self.explanation = explanation
    }
}

/// Why a stage is reached and flags are raised (Projections, section 0, rule 5; section 4).
package struct AdvocacyExplanationBody: Codable, Sendable, Equatable {
    /// All, ascending; the stage is the last that holds.
    package var stages: [StageRuleBody]
    /// All, sorted by name; a flag is raised if its rule holds.
    package var flags: [FlagRuleBody]
    package var metrics: [MetricShareBody]

    package init(stages: [StageRuleBody], flags: [FlagRuleBody], metrics: [MetricShareBody]) {
        self.stages = stages
        self.flags = flags
        self.metrics = metrics
    }
}

/// The rule of a stage; it holds if one of its ways does.
package struct StageRuleBody: Codable, Sendable, Equatable {
    package var stage: String
    /// The stage's place on the ladder, 0 to 7.
    package var stageRank: Int
    package var holds: Bool
    package var ways: [AdvocacyWayBody]

    package init(stage: String, stageRank: Int, holds: Bool, ways: [AdvocacyWayBody]) {
        self.stage = stage
        self.stageRank = stageRank
        self.holds = holds
        self.ways = ways
    }
}

/// The rule of a flag; it holds if one of its ways does.
package struct FlagRuleBody: Codable, Sendable, Equatable {
    /// `ambassador`, `atRisk` or `dormant`.
    package var flag: String
    package var holds: Bool
    package var ways: [AdvocacyWayBody]
    /// All that the rule counts.
    package var events: EventReasonBody

    package init(flag: String, holds: Bool, ways: [AdvocacyWayBody], events: EventReasonBody) {
        self.flag = flag
        self.holds = holds
        self.ways = ways
        self.events = events
    }
}

/// One way to fulfil a rule; it holds if all its conditions do.
package struct AdvocacyWayBody: Codable, Sendable, Equatable {
    /// The brand whose mentions are counted; null: no brand's, or none is mentioned.
    @Nullable package var brandId: String?
    package var holds: Bool
    package var conditions: [AdvocacyConditionBody]

    package init(brandId: String?, holds: Bool, conditions: [AdvocacyConditionBody]) {
        self._brandId = Nullable(wrappedValue: brandId)
        self.holds = holds
        self.conditions = conditions
    }
}

/// One condition of a rule.
package struct AdvocacyConditionBody: Codable, Sendable, Equatable {
    /// What is counted, such as `mentions` or `activePosts`.
    package var count: String
    package var found: Int
    /// What the rule asks for.
    package var bound: Int
    /// `atLeast` or `atMost`.
    package var comparison: String
    package var holds: Bool
    /// Of mentions, those of the way's brand: to be asked for with `brand`.
    package var events: EventReasonBody

    package init(count: String, found: Int, bound: Int, comparison: String, holds: Bool, events: EventReasonBody) {
        self.count = count
        self.found = found
        self.bound = bound
        self.comparison = comparison
        self.holds = holds
        self.events = events
    }
}

/// A metric: ⌊10000 · `part` / `whole`⌋.
package struct MetricShareBody: Codable, Sendable, Equatable {
    /// `acceptRate`, `earnedShare` or `seedingPostRate`.
    package var metric: String
    package var part: Int
    package var whole: Int
    /// Basis points; null where the whole is 0.
    @Nullable package var valueBp: Int64?
    /// What the whole counts; the part is among them.
    package var events: EventReasonBody

    package init(metric: String, part: Int, whole: Int, valueBp: Int64?, events: EventReasonBody) {
        self.metric = metric
        self.part = part
        self.whole = whole
        self._valueBp = Nullable(wrappedValue: valueBp)
        self.events = events
    }
}
