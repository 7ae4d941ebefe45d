import CampaignDomain

/// Histories of two influencers in three campaigns of two brands. Names come from small pools and times from a coarse
/// grid, so that repeats, ties, unknown things and wrong campaigns are frequent.
struct RandomHistory {
    private var random: Random
    private var events: [HistoryEvent] = []

    static let end = Instant("2026-07-01T00:00:00Z")
    private static let gridHours = 12
    private static let days = 500

    /// - Parameter count: events beside the openings and policies.
    static func make(seed: UInt64, count: Int, retractions: Bool = true) -> [HistoryEvent] {
        var history = RandomHistory(random: Random(seed: seed))
        for number in 1...3 { history.open("c\(number)", brand: "brand-\(min(number, 2))") }
        for _ in 0..<count { history.addEvent() }
        if retractions { for _ in 0..<count / 20 { history.addRetraction() } }
        return history.events.shuffled(using: &history.random)
    }

    private init(random: Random) {
        self.random = random
    }

    private mutating func time() -> Instant {
        let steps = random.int(0...RandomHistory.days * 24 / RandomHistory.gridHours)
        let micros = Int64(steps * RandomHistory.gridHours * 3600) * 1_000_000
        return Instant(microseconds: RandomHistory.end.microseconds - micros)
    }

    private mutating func add(_ type: String, _ data: [String: JSONValue], retracts: String? = nil) {
        let source = random.pick(["urn:a", "urn:b"])
        let id = "\(random.int(1...9))-\(events.count)"
        events.append(
            HistoryEvent(source: source, id: id, type: type, time: time(), data: data, retracts: retracts))
    }

    private mutating func open(_ campaignID: String, brand: String) {
        add(
            "campaign.opened",
            [
                "campaignId": .string(campaignID), "brandId": .string(brand), "topics": ["tea"],
                "budget": money(max: 500_000), "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            ])
    }

    private mutating func addRetraction() {
        let candidates = events.filter { $0.type != "event.retracted" && !$0.subject.hasPrefix("policy/") }
        let target = random.pick(candidates)
        var data: [String: JSONValue] = ["reason": "error", "actor": "ops", "position": 1]
        let field = target.subject.hasPrefix("influencer/") ? "influencerId" : "campaignId"
        data[field] = target.data[field]
        add("event.retracted", data, retracts: target.identity)
    }

    private mutating func money(max: Int) -> JSONValue {
        let cents = random.int(0...max)
        let fraction = "\(100 + cents % 100)".dropFirst()
        return [
            "currency": .string(random.pick(["EUR", "EUR", "USD"])), "amount": .string("\(cents / 100).\(fraction)"),
        ]
    }

    private mutating func addEvent() {
        let influencer: [String: JSONValue] = ["influencerId": .string(random.pick(["ada", "ada", "bea"]))]
        let campaign: [String: JSONValue] = ["campaignId": .string("c\(random.int(1...4))")]
        switch random.int(1...21) {
        case 1...2: addProfile(influencer, campaign)
        case 3...10: addPost(influencer, campaign)
        case 21: addCampaignEvent(campaign)
        case 11...14: addShipment(influencer.merging(campaign) { left, _ in left })
        default: addMoney(influencer.merging(campaign) { left, _ in left })
        }
    }

    private mutating func addCampaignEvent(_ campaign: [String: JSONValue]) {
        if random.once(in: 4) { return add("campaign.closed", campaign.with(["reason": "over"])) }
        let from = time()
        add(
            "adflight.recorded",
            campaign.with([
                "flightId": .string("x\(random.int(1...3))"), "from": .string(from.rfc3339),
                "to": .string(from.adding(days: random.int(0...300)).rfc3339), "spend": money(max: 50_000),
                "impressions": 1000,
            ]))
    }

    private mutating func addProfile(_ influencer: [String: JSONValue], _ campaign: [String: JSONValue]) {
        let both = influencer.merging(campaign) { left, _ in left }
        switch random.int(1...6) {
        case 1: add("influencer.registered", influencer.with(["platform": "instagram", "niches": ["tea", "books"]]))
        case 2:
            add(
                "audience.measured",
                influencer.with([
                    "followers": .int(Int64(random.int(0...200_000))),
                    "suspiciousBp": .int(Int64(random.int(0...7000))),
                ]))
        case 3: add("outreach.sent", both)
        case 4: add("outreach.answered", both.with(["answer": "declined", "reason": "offNiche"]))
        case 5:
            add("collaboration.ended", both.with(["reason": .string(random.pick(["completed", "cancelled"]))]))
        default:
            let received = random.int(0...30)
            add(
                "conversation.recorded",
                influencer.with([
                    "from": "2024-01-01T00:00:00Z", "commentsReceived": .int(Int64(received)),
                    "commentsReplied": .int(Int64(random.int(0...received))), "directMessagesReceived": 2,
                    "directMessagesReplied": 1,
                ]))
        }
    }

    private mutating func addPost(_ influencer: [String: JSONValue], _ campaign: [String: JSONValue]) {
        let post = influencer.with(["postId": .string("p\(random.int(1...12))")])
        switch random.int(1...7) {
        case 1...3:
            var data = post.with([
                "platform": "instagram", "topics": .array([.string(random.pick(["tea", "books", "cars"]))]),
                "connection": .string(random.pick(["none", "none", "gift", "fee"])),
            ])
            if !random.once(in: 3) { data["brandIds"] = [.string("brand-\(random.int(1...3))"), "brand-9"] }
            if random.once(in: 6) {  // A mention without pay: it takes several of these to be an advocate.
                data["connection"] = "none"
                data["brandIds"] = [.string("brand-\(random.int(1...2))")]
            } else if random.once(in: 2) {
                data["campaignId"] = campaign["campaignId"]
            }
            if random.once(in: 2) { data["disclosure"] = .string(random.pick(Disclosure.names)) }
            add("post.published", data)
        case 4: add("post.removed", post.with(["by": "platform"]))
        case 5: add("disclosure.assessed", post.with(["verdict": .string(random.pick(Verdict.names))]))
        default:
            var counters = post.with([
                "likes": .int(Int64(random.int(0...900))), "comments": .int(Int64(random.int(0...40))),
                "saves": .int(Int64(random.int(0...9))),
            ])
            for counter in ["views", "reach", "impressions"] where !random.once(in: 3) {
                counters[counter] = .int(Int64(random.int(0...5000)))
            }
            add("engagement.recorded", counters)
        }
    }

    private mutating func addShipment(_ both: [String: JSONValue]) {
        let shipment = both.with([
            "shipmentId": .string("s\(random.int(1...6))"), "quantity": .int(Int64(random.int(1...3))),
        ])
        switch random.int(1...5) {
        case 1, 2:
            var (cost, value) = (money(max: 3000), money(max: 6000))
            if case .object(var object) = value {  // Both of one currency, as the catalogue asks.
                object["currency"] = cost["currency"]
                value = .object(object)
            }
            if random.once(in: 8) { cost = ["currency": cost["currency"]!, "amount": "0.00"] }
            add("product.sent", shipment.with(["productId": "sku", "unitCost": cost, "unitValue": value]))
        case 3: add("product.returned", shipment)
        case 4 where random.once(in: 3): add("product.lost", shipment)
        default: add("product.delivered", shipment)
        }
    }

    private mutating func addMoney(_ both: [String: JSONValue]) {
        let order = both.with(["orderId": .string("o\(random.int(1...4))")])
        let fee = both.with(["feeId": .string("f\(random.int(1...4))")])
        let payout = both.with(["payoutId": .string("y\(random.int(1...4))")])
        switch random.int(1...10) {
        case 1:
            var data = both.with([
                "kind": .string(random.pick(CollaborationKind.names)), "deliverables": .int(Int64(random.int(1...3))),
                "deadlineDays": .int(Int64(random.int(1...60))),
            ])
            if !random.once(in: 3) { data["commissionBp"] = .int(Int64(random.int(0...2500))) }
            if random.once(in: 2) { data["termDays"] = 200 }
            add("collaboration.agreed", data)
        case 2: add("sale.attributed", order.with(["net": money(max: 20_000), "channel": "code"]))
        case 3, 4: add("sale.reversed", order.with(["net": money(max: 9000), "reason": "refund"]))
        case 5: add("commission.approved", order)
        case 6:
            add("fee.accrued", fee.with(["kind": .string(random.pick(FeeKind.names)), "amount": money(max: 30_000)]))
        case 7: add("fee.cancelled", fee)
        case 8: add("payout.initiated", payout.with(["amount": money(max: 30_000)]))
        case 9: add(random.once(in: 3) ? "payout.failed" : "payout.settled", payout.with(["reason": "iban"]))
        default:
            add(
                "tax.withheld",
                both.with(["withholdingId": .string("w\(random.int(1...3))"), "amount": money(max: 900)]))
        }
    }
}

extension [String: JSONValue] {
    func with(_ more: [String: JSONValue]) -> [String: JSONValue] {
        merging(more) { _, new in new }
    }
}
