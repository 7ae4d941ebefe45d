@testable import CampaignDomain

/// A short history of one influencer, `ada`, told event by event; days count from 2026-01-01, at noon.
struct Scenario {
    private(set) var events: [HistoryEvent] = []

    static func time(_ day: Int) -> Instant {
        Instant("2026-01-01T12:00:00Z").adding(days: day)
    }

    /// - Parameter id: decides between events of one time.
    mutating func add(_ type: String, day: Int, id: String? = nil, _ data: [String: JSONValue]) {
        var data = data
        let isCampaign = ["campaign.opened", "campaign.closed", "adflight.recorded"].contains(type)
        if !isCampaign, type != "policy.published" { data["influencerId"] = "ada" }
        events.append(
            HistoryEvent(id: id ?? "e\(100 + events.count)", type: type, time: Scenario.time(day), data: data))
    }

    mutating func open(_ campaignID: String, brand: String, day: Int = 0) {
        add(
            "campaign.opened", day: day,
            [
                "campaignId": .string(campaignID), "brandId": .string(brand), "topics": ["tea"],
                "budget": Scenario.euro("100.00"), "startsOn": "2026-01-01", "endsOn": "2026-12-31",
            ])
    }

    mutating func agree(
        _ campaignID: String, day: Int, kind: String = "paid", deliverables: Int64 = 1, deadlineDays: Int64 = 10,
        commissionBp: Int64? = nil
    ) {
        var data: [String: JSONValue] = [
            "campaignId": .string(campaignID), "kind": .string(kind), "deliverables": .int(deliverables),
            "deadlineDays": .int(deadlineDays),
        ]
        data["commissionBp"] = commissionBp.map { .int($0) }
        add("collaboration.agreed", day: day, data)
    }

    mutating func post(
        _ postID: String, day: Int, connection: String = "none", brand: String? = nil, campaign: String? = nil,
        disclosure: String? = nil
    ) {
        var data: [String: JSONValue] = [
            "postId": .string(postID), "platform": "instagram", "topics": ["tea"], "connection": .string(connection),
        ]
        data["brandIds"] = brand.map { [.string($0)] }
        data["campaignId"] = campaign.map { .string($0) }
        data["disclosure"] = disclosure.map { .string($0) }
        add("post.published", day: day, data)
    }

    mutating func send(_ shipmentID: String, _ campaignID: String, day: Int, quantity: Int64 = 1) {
        add(
            "product.sent", day: day,
            [
                "campaignId": .string(campaignID), "shipmentId": .string(shipmentID), "productId": "sku",
                "quantity": .int(quantity), "unitCost": Scenario.euro("10.00"), "unitValue": Scenario.euro("25.00"),
            ])
    }

    /// `product.delivered`, `product.returned` or `product.lost`.
    mutating func move(_ type: String, _ shipmentID: String, _ campaignID: String, day: Int, quantity: Int64 = 1) {
        add(
            type, day: day,
            [
                "campaignId": .string(campaignID), "shipmentId": .string(shipmentID), "quantity": .int(quantity),
            ])
    }

    static func euro(_ amount: String) -> JSONValue {
        ["currency": "EUR", "amount": .string(amount)]
    }

    /// What is so of `ada` on a day.
    func situation(day: Int) -> Situation {
        TestLedger(events).situation("ada", AsOf(at: Scenario.time(day)))
    }
}
