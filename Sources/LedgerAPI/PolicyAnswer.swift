/// One version of a policy.
package struct PolicyVersionBody: Codable, Sendable, Equatable {
    /// 0 for the built-in defaults.
    package var version: Int64
    /// When it was published, RFC 3339 in UTC; null for the defaults.
    @Nullable package var time: String?
    @Nullable package var effectiveFrom: String?
    /// The position of its event; null for the defaults.
    @Nullable package var position: UInt64?
    /// The parameters (Projections, section 8).
    package var body: JSONValue

    package init(version: Int64, time: String?, effectiveFrom: String?, position: UInt64?, body: JSONValue) {
        self.version = version
        self._time = Nullable(wrappedValue: time)
        self._effectiveFrom = Nullable(wrappedValue: effectiveFrom)
        self._position = Nullable(wrappedValue: position)
        self.body = body
    }
}

/// The body of `/v1/policies/{kind}` and an item of `/v1/policies`: the version in force and all versions.
package struct PolicyBody: Codable, Sendable, Equatable {
    /// `advocacy`, `tax` or `trust`.
    package var kind: String
    package var inForce: PolicyVersionBody
    package var versions: [PolicyVersionBody]

    package init(kind: String, inForce: PolicyVersionBody, versions: [PolicyVersionBody]) {
        self.kind = kind
        self.inForce = inForce
        self.versions = versions
    }
}
