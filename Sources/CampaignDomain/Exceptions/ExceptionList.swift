/// Collects an influencer's exceptions.
struct ExceptionList {
    let evidence: Evidence
    let influencerID: String
    private(set) var entries: [LedgerException] = []

    init(_ evidence: Evidence, influencerID: String) {
        self.evidence = evidence
        self.influencerID = influencerID
    }

    /// - Parameters:
    ///   - since: nil: since the time of the last event.
    ///   - campaign: by its index.
    mutating func add(
        _ kind: ExceptionKind, _ events: Stamp..., since: Instant? = nil, thing: String? = nil, campaign: Int? = nil,
        quantity: Int64? = nil, amount: (Int128, Currency)? = nil
    ) {
        guard let last = events.last else { return }
        var detail = ExceptionDetail(
            thingID: thing, campaignID: campaign.map { evidence.campaignNames.name($0) }, quantity: quantity)
        if let amount { detail.set(amount.0, amount.1) }
        entries.append(
            LedgerException(
                kind, .influencer(influencerID), since: since ?? last.time, events: events.map(\.position), detail))
    }

    /// A second of something that happens once, for each event that is not the one that counts.
    mutating func addRepeats<Event: Stamped>(
        _ events: [Event], campaign: (Event) -> Int?, thing: (Event) -> String?, counting: (Event) -> EventIndex
    ) {
        for event in events {
            guard let first = events[counting(event)], first.stamp.position != event.stamp.position else { continue }
            add(.repeated, first.stamp, event.stamp, thing: thing(event), campaign: campaign(event))
        }
    }

    /// The same where what counts is the earliest of those that refer to one thing under one campaign.
    mutating func addRepeats<Event: Stamped>(
        _ kind: ExceptionKind, among events: [Event], campaign: (Event) -> Int, thing: (Event) -> Int,
        name: (Event) -> String
    ) {
        guard events.count > 1 else { return }
        let order = evidence.order
        let sorted = events.sorted { a, b in
            let (left, right) = ((thing(a), campaign(a)), (thing(b), campaign(b)))
            return left != right ? left < right : order.precedes(a.stamp, b.stamp)
        }
        var first = sorted[0]
        for event in sorted.dropFirst() {
            if thing(event) == thing(first) && campaign(event) == campaign(first) {
                add(kind, first.stamp, event.stamp, thing: name(event), campaign: campaign(event))
            } else {
                first = event
            }
        }
    }

    /// In the order of the register.
    consuming func finish() -> [LedgerException] {
        let order = evidence.order
        entries.sort { order.precedes($0, $1) }
        return entries
    }
}
