/// The versions of the policies that judged an answer; 0 means the built-in defaults.
package struct PolicyVersionSet: Codable, Sendable, Equatable {
    package var advocacy: Int64
    package var tax: Int64
    package var trust: Int64

    package init(advocacy: Int64, tax: Int64, trust: Int64) {
        self.advocacy = advocacy
        self.tax = tax
        self.trust = trust
    }
}

/// What an answer says of itself: what it has seen, where the log stands, the instant it is for and who judged it.
package struct Standing: Codable, Sendable, Equatable {
    /// The last position the answer has seen; 0 before the first event.
    package var position: UInt64
    /// The log's head when the answer was made.
    package var head: UInt64
    /// The instant the answer is for, RFC 3339 in UTC.
    package var at: String
    package var policyVersion: PolicyVersionSet

    package init(position: UInt64, head: UInt64, at: String, policyVersion: PolicyVersionSet) {
        self.position = position
        self.head = head
        self.at = at
        self.policyVersion = policyVersion
    }
}

/// An answer: the body's fields and those of its standing, side by side in one JSON object.
package struct Answered<Body: Codable & Sendable>: Codable, Sendable {
    package var standing: Standing
    package var body: Body

    package init(standing: Standing, body: Body) {
        self.standing = standing
        self.body = body
    }

    package init(from decoder: any Decoder) throws {
        standing = try Standing(from: decoder)
        body = try Body(from: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try standing.encode(to: encoder)
        try body.encode(to: encoder)
    }
}

extension Answered: Equatable where Body: Equatable {}

/// A page of a list; `next` is the cursor of the page after it, null on the last one.
package struct ItemList<Item: Codable & Sendable & Equatable>: Codable, Sendable, Equatable {
    package var items: [Item]
    @Nullable package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self._next = Nullable(wrappedValue: next)
    }
}
