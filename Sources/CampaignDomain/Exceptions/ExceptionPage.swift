/// A page of the register of exceptions: by kind, since, then the identities of the events, those after a place, at most
/// as many as its limit, whatever the order in which they are added. It holds no more than twice its limit.
public struct ExceptionPage {
    private let after: ExceptionPlace?
    private let order: any IdentityOrder
    private var first: FirstItems<LedgerException>

    /// - Parameters:
    ///   - after: the place of the last entry of the page before; nil: the first page.
    ///   - limit: at least 1.
    ///   - order: decides between events of one time.
    public init(after: ExceptionPlace? = nil, limit: Int, order: some IdentityOrder) {
        self.after = after
        self.order = order
        first = FirstItems(limit: limit) { order.precedes($0, $1) }
    }

    public mutating func add(_ exception: LedgerException) {
        if let after, !order.precedes(after, exception.place) { return }
        first.add(exception)
    }

    /// The entries in the order of the register.
    public consuming func finish() -> [LedgerException] {
        first.finish()
    }
}

/// Where an entry stands in the register. No two stand at one place, as a kind has at most one entry for the same events.
public struct ExceptionPlace: Hashable, Sendable {
    public let kind: ExceptionKind
    public let since: Instant
    public let events: [FactPosition]

    public init(kind: ExceptionKind, since: Instant, events: [FactPosition]) {
        self.kind = kind
        self.since = since
        self.events = events
    }
}

extension LedgerException {
    /// Its place in the register.
    public var place: ExceptionPlace { ExceptionPlace(kind: kind, since: since, events: events) }
}

extension IdentityOrder {
    /// Whether one entry comes before another in the register: by kind, since, then the identities of the events.
    public func precedes(_ a: LedgerException, _ b: LedgerException) -> Bool { precedes(a.place, b.place) }

    /// Whether one place comes before another in the register.
    public func precedes(_ a: ExceptionPlace, _ b: ExceptionPlace) -> Bool {
        if a.kind != b.kind { return a.kind < b.kind }
        if a.since != b.since { return a.since < b.since }
        for (left, right) in zip(a.events, b.events) where left != right { return identityPrecedes(left, right) }
        return a.events.count < b.events.count
    }
}
