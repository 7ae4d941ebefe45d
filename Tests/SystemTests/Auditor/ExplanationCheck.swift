import LedgerAPI

/// Holds an influencer's explanations against the answers they explain: over the socket, to the last unit.
struct ExplanationCheck {
    let client: HTTPClient
    /// `at` and what else the questions have in common.
    let query: String
    /// Items of a page: few, so that there are pages.
    let limit: Int
    /// Whether reasons that name no event are asked for too: they must have none.
    var asksForNone = true

    /// Stands for a number that an answer lacks: none that an answer gives.
    static let missing = -(Int64(1) << 40)

    /// How many events and postings were named behind reasons.
    private(set) var named = 0

    init(_ client: HTTPClient, query: String, limit: Int) {
        self.client = client
        self.query = query
        self.limit = limit
    }

    mutating func check(_ id: String) throws {
        try checkTrust(id)
        try checkAdvocacy(id)
        try checkCompensation(id)
    }

    // MARK: Trust

    private mutating func checkTrust(_ id: String) throws {
        let why = try explained(id, "trust")
        let reasons = why["explanation"]
        var beforeCaps: Int64 = 0
        for component in reasons?["components"]?.items ?? [] {
            let name = component["component"]?.string ?? ""
            let points = (component["parts"]?.items ?? []).reduce(0) { $0 + ($1["points"]?.integer ?? Self.missing) }
            try same(points, component["value"]?.integer, "\(id): points of \(name)")
            try same(points, why["trust"]?["components"]?[name]?.integer, "\(id): \(name)")
            let contribution = points * (component["weight"]?.integer ?? 0)
            try same(contribution, component["contribution"]?.integer, "\(id): contribution of \(name)")
            beforeCaps += contribution
            for part in component["parts"]?.items ?? [] {
                let events = try events(id, "trust", part["events"])
                // Where each event is one of what is counted, there are as many.
                if ["recentPosts", "sponsoredShare"].contains(part["part"]?.string ?? "") {
                    try same(Int64(events.count), part["count"]?.integer, "\(id): events of \(part)")
                }
            }
        }
        try require(reasons?["components"]?.items.count == 6, "\(id): not six components")
        let raw = why["trust"]?["raw"]?.integer
        try same(beforeCaps, why["trust"]?["beforeCaps"]?.integer, "\(id): beforeCaps")
        try same(beforeCaps + (reasons?["capping"]?.integer ?? Self.missing), raw, "\(id): raw")
        let evidence = (reasons?["evidence"]?.items ?? []).reduce(0) { $0 + ($1["count"]?.integer ?? Self.missing) }
        try same(evidence, why["trust"]?["evidenceCount"]?.integer, "\(id): evidenceCount")
        for kind in reasons?["evidence"]?.items ?? [] { _ = try events(id, "trust", kind["events"]) }
        try checkCaps(id, why)
        let home = try events(id, "trust", reasons?["homeTopics"]?["events"])
        try require(
            home.isEmpty == (reasons?["homeTopics"]?["source"]?.string == "none"), "\(id): home topics from nowhere")
    }

    private mutating func checkCaps(_ id: String, _ why: JSONValue) throws {
        let caps = why["explanation"]?["caps"]?.items ?? []
        try require(
            caps.map { $0["cap"] } == why["trust"]?["caps"]?.items.map { $0["cap"] }, "\(id): caps are not explained")
        var least = why["trust"]?["beforeCaps"]?.integer ?? Self.missing
        for cap in caps {
            let events = try events(id, "trust", cap["events"])
            try require(!events.isEmpty, "\(id): a cap without an event")
            least = min(least, cap["limit"]?.integer ?? Self.missing)
            let name = cap["events"]?["reason"]?.string ?? ""
            let identities = try pages("/v1/influencers/\(id)/trust/events?reason=\(name)")
                .map { JSONValue.array([$0["source"] ?? .null, $0["id"] ?? .null]) }
            let answered = why["trust"]?["caps"]?.items.first { $0["cap"] == cap["cap"] }?["events"]?.items ?? []
            try require(answered.allSatisfy { identities.contains($0) }, "\(id): a cap's event is not behind it")
        }
        try same(least, why["trust"]?["raw"]?.integer, "\(id): raw under its caps")
    }

    // MARK: Advocacy

    private mutating func checkAdvocacy(_ id: String) throws {
        let why = try explained(id, "advocacy")
        let stages = why["explanation"]?["stages"]?.items ?? []
        try require(stages.count == 8, "\(id): not eight stages")
        let reached = stages.last { $0["holds"] == .bool(true) }?["stage"]
        try require(reached == why["advocacy"]?["stage"], "\(id): the stage is not the last that holds")
        let flags = why["explanation"]?["flags"]?.items ?? []
        let raised = flags.filter { $0["holds"] == .bool(true) }.compactMap { $0["flag"] }
        try require(raised == why["advocacy"]?["flags"]?.items, "\(id): the flags are not those that hold")
        for rule in stages + flags { try checkRule(id, rule) }
        for metric in why["explanation"]?["metrics"]?.items ?? [] {
            let name = metric["metric"]?.string ?? ""
            let (part, whole) = (metric["part"]?.integer ?? Self.missing, metric["whole"]?.integer ?? Self.missing)
            let share: JSONValue = whole == 0 ? .null : .integer(10_000 * part / whole)
            try require(share == metric["valueBp"], "\(id): \(name) is not its share")
            try require(share == why["advocacy"]?["metrics"]?["\(name)Bp"], "\(id): \(name) is not the answer's")
            let events = try events(id, "advocacy", metric["events"])
            try require(events.isEmpty == (whole == 0), "\(id): \(name) without events")
        }
    }

    private mutating func checkRule(_ id: String, _ rule: JSONValue) throws {
        let ways = rule["ways"]?.items ?? []
        for way in ways {
            let conditions = way["conditions"]?.items ?? []
            for condition in conditions {
                let (found, bound) = (
                    condition["found"]?.integer ?? Self.missing, condition["bound"]?.integer ?? Self.missing
                )
                let holds = condition["comparison"]?.string == "atMost" ? found <= bound : found >= bound
                try require(condition["holds"] == .bool(holds), "\(id): \(condition) does not hold as it says")
                let isOfBrand = Self.countsOfBrands.contains(condition["count"]?.string ?? "")
                let brand = isOfBrand ? way["brandId"]?.string.map { "&brand=\($0)" } ?? "" : ""
                let events = try events(id, "advocacy", condition["events"], brand)
                if ["mentions", "activePosts", "invitations"].contains(condition["count"]?.string ?? "") {
                    try same(Int64(events.count), found, "\(id): events of \(condition)")
                }
            }
            let all = conditions.allSatisfy { $0["holds"] == .bool(true) }
            try require(way["holds"] == .bool(all), "\(id): a way does not hold as its conditions do")
        }
        let any = ways.contains { $0["holds"] == .bool(true) }
        try require(rule["holds"] == .bool(any), "\(id): a rule does not hold as its ways do")
        if rule["events"] != nil { _ = try events(id, "advocacy", rule["events"]) }
    }

    private static let countsOfBrands: Set<String> = [
        "mentions", "mentionSpanDays", "lastingMentions", "lastingMonths",
    ]

    // MARK: Events

    private func explained(_ id: String, _ part: String) throws -> JSONValue {
        let path = "/v1/influencers/\(id)/\(part)?\(query)"
        let why = try client.json("\(path)&explain=true")
        try require(
            why.without(["explanation", "head"]) == client.json(path).without(["head"]),
            "\(id): \(part) is another with its explanation")
        return why
    }

    /// The positions of all events behind a reason, page by page; the explanation names the first of them.
    private mutating func events(
        _ id: String, _ part: String, _ reason: JSONValue?, _ more: String = ""
    ) throws -> [Int64] {
        guard let name = reason?["reason"]?.string, let first = reason?["positions"]?.items else {
            throw SystemFailure("\(id): a part of \(part) without its events")
        }
        if first.isEmpty, !asksForNone, reason?["more"] == .bool(false) { return [] }
        let list = PositionList(client: client, query: "\(query)&limit=\(limit)")
        let positions = try list.positions("/v1/influencers/\(id)/\(part)/events?reason=\(name)\(more)")
        try require(
            zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "\(id): positions of \(name) do not ascend")
        try require(positions.prefix(10).map { .integer($0) } == first, "\(id): \(name) names \(first) first")
        try require(reason?["more"] == .bool(positions.count > 10), "\(id): \(name) says wrongly whether there is more")
        named += positions.count
        return positions
    }

    /// All items of a list.
    func pages(_ path: String) throws -> [JSONValue] {
        var items: [JSONValue] = []
        var cursor: String?
        repeat {
            let page = try client.json("\(path)&\(query)&limit=\(limit)" + (cursor.map { "&cursor=\($0)" } ?? ""))
            items += page["items"]?.items ?? []
            cursor = page["next"]?.string
        } while cursor != nil
        return items
    }

    mutating func count(_ items: [JSONValue]) { named += items.count }

    func same(_ found: Int64, _ expected: Int64?, _ what: String) throws {
        try require(found == expected, "\(what): \(found), expected \(expected.map { "\($0)" } ?? "nothing")")
    }
}
