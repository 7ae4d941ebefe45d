/// An item of `/v1/influencers/{id}/trust/history`: the answer that is given for that instant.
package struct TrustPointBody: Codable, Sendable, Equatable {
    /// RFC 3339 in UTC.
    package var at: String
    package var trust: TrustBody

    package init(at: String, trust: TrustBody) {
        self.at = at
        self.trust = trust
    }
}
