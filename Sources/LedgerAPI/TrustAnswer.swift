/// The identity of an event, written as `[source, id]`.
package struct EventIdentity: Codable, Sendable, Equatable {
    package var source: String
    package var id: String

    package init(source: String, id: String) {
        self.source = source
        self.id = id
    }

    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        source = try container.decode(String.self)
        id = try container.decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(source)
        try container.encode(id)
    }
}

/// An influencer's trust (Projections, section 3).
package struct TrustBody: Codable, Sendable, Equatable {
    /// The score as a decimal with four places, "0.0000" to "100.0000".
    package var score: String
    /// The score times 10,000, after caps.
    package var raw: Int64
    /// The sum of the weighted components, before caps.
    package var beforeCaps: Int64
    /// The caps that apply, binding or not.
    package var caps: [TrustCapBody]
    package var components: TrustComponentSet
    /// The evidence band: `low`, `medium` or `high`.
    package var evidence: String
    /// The e of the evidence band.
    package var evidenceCount: Int128
    /// The posts in open breach, earliest first.
    package var openBreaches: [String]

    package init(
        score: String, raw: Int64, beforeCaps: Int64, caps: [TrustCapBody], components: TrustComponentSet,
        evidence: String, evidenceCount: Int128, openBreaches: [String]
    ) {
        self.score = score
        self.raw = raw
        self.beforeCaps = beforeCaps
        self.caps = caps
        self.components = components
        self.evidence = evidence
        self.evidenceCount = evidenceCount
        self.openBreaches = openBreaches
    }
}

/// A cap on the score and the events that bring it.
package struct TrustCapBody: Codable, Sendable, Equatable {
    /// `openBreach` or `suspiciousFollowers`.
    package var cap: String
    package var events: [EventIdentity]
    /// The most the score times 10,000 can be.
    package var limit: Int64

    package init(cap: String, events: [EventIdentity], limit: Int64) {
        self.cap = cap
        self.events = events
        self.limit = limit
    }
}

/// The six components of trust, each 0 to 10,000 basis points.
package struct TrustComponentSet: Codable, Sendable, Equatable {
    package var responsiveness: Int64
    package var nicheFit: Int64
    package var authenticity: Int64
    package var engagementQuality: Int64
    package var disclosure: Int64
    package var reliability: Int64

    package init(
        responsiveness: Int64, nicheFit: Int64, authenticity: Int64, engagementQuality: Int64, disclosure: Int64,
        reliability: Int64
    ) {
        self.responsiveness = responsiveness
        self.nicheFit = nicheFit
        self.authenticity = authenticity
        self.engagementQuality = engagementQuality
        self.disclosure = disclosure
        self.reliability = reliability
    }
}
