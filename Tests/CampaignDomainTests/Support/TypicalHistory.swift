@testable import CampaignDomain

/// One influencer's row as a programme makes it: mostly posts and their counters, some shipments, sales and fees, in
/// the order of their times.
struct TypicalHistory {
    let rows: [[UInt8]]
    let directory: Directory
    let view: DirectoryView
    let asOf = AsOf(at: Instant("2026-06-30T12:00:00Z"))

    init(facts: Int) {
        var writer = FactWriter()
        let (start, end) = (Instant("2024-07-01T00:00:00Z"), asOf.at)
        let step = (end.microseconds - start.microseconds) / Int64(facts)
        for number in 0..<facts {
            let time = Instant(microseconds: start.microseconds + Int64(number) * step)
            let (type, data) = TypicalHistory.event(number)
            let event = HistoryEvent(
                id: "\(number)", type: type, time: time, data: data.with(["influencerId": "influencer-000017"]))
            writer.append(event, position: UInt64(number + 1), target: nil)
        }
        rows = [writer.bytes]
        let openings = (0..<6).map { number in
            HistoryEvent(
                id: "c\(number)", type: "campaign.opened", time: Instant("2024-01-01T00:00:00Z"),
                data: [
                    "campaignId": .string("campaign-\(number)"), "brandId": .string("brand-\(number % 4)"),
                    "topics": ["tea"], "budget": ["currency": "EUR", "amount": "5000.00"], "startsOn": "2024-01-01",
                    "endsOn": "2026-12-31",
                ])
        }
        let ledger = TestLedger(openings)
        directory = ledger.directory
        view = directory.view(asOf, order: ledger)
    }

    /// Decides by position, as no two events are of one time.
    struct ByPosition: IdentityOrder {
        func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool { a < b }
    }

    private static func event(_ number: Int) -> (String, [String: JSONValue]) {
        let round = number / 20
        let campaign: JSONValue = .string("campaign-\(round % 6)")
        let post: JSONValue = .string("post-0000-\(number / 3)")
        let thing: JSONValue = .string("thing-\(number / 20)")
        switch number % 20 {
        case 0 where round < 6:
            return (
                "collaboration.agreed",
                [
                    "campaignId": campaign, "kind": "affiliate", "deliverables": 2, "deadlineDays": 30,
                    "commissionBp": 1000,
                ]
            )
        case 4:
            return (
                "product.sent",
                [
                    "campaignId": campaign, "shipmentId": thing, "productId": "sku-1", "quantity": 1,
                    "unitCost": ["currency": "EUR", "amount": "20.00"],
                    "unitValue": ["currency": "EUR", "amount": "45.00"],
                ]
            )
        case 7: return ("product.delivered", ["campaignId": campaign, "shipmentId": thing, "quantity": 1])
        case 10:
            return (
                "sale.attributed",
                [
                    "campaignId": campaign, "orderId": thing, "net": ["currency": "EUR", "amount": "80.00"],
                    "channel": "code",
                ]
            )
        case 13: return ("commission.approved", ["campaignId": campaign, "orderId": thing])
        case 15:
            return ("audience.measured", ["followers": 12_000, "suspiciousBp": 1200])
        case 16:
            return (
                "conversation.recorded",
                [
                    "from": "2024-01-01T00:00:00Z", "commentsReceived": 40, "commentsReplied": 30,
                    "directMessagesReceived": 5, "directMessagesReplied": 5,
                ]
            )
        default: return postEvent(number, post: post, campaign: campaign)
        }
    }

    private static func postEvent(
        _ number: Int, post: JSONValue, campaign: JSONValue
    ) -> (String, [String: JSONValue]) {
        guard number % 3 == 0 else {
            return (
                "engagement.recorded",
                ["postId": post, "likes": .int(Int64(300 + number % 97)), "comments": 21, "views": 9000]
            )
        }
        var data: [String: JSONValue] = [
            "postId": post, "platform": "instagram", "topics": ["tea", "books"],
            "connection": number % 4 == 0 ? "gift" : "none", "brandIds": [.string("brand-\(number % 5)")],
            "disclosure": "clear",
        ]
        if number % 4 == 0 { data["campaignId"] = campaign }
        return ("post.published", data)
    }
}
