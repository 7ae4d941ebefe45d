import Foundation
import ProgrammeSimulator
import Testing

/// Whether what events refer to exists: trouble is a small share, the rest must be right.
@Suite struct SimulationReferenceTests {
    private let events: [[String: Any]]

    init() throws {
        events = try Programme(seed: 21, influencers: 150, events: 10_000).objects
    }

    private func data(of type: String) -> [[String: Any]] {
        events.filter { $0["type"] as? String == type }.compactMap { $0["data"] as? [String: Any] }
    }

    private func keys(_ type: String, _ fields: String...) -> [String] {
        data(of: type).map { item in fields.map { item[$0] as? String ?? "" }.joined(separator: "/") }
    }

    @Test func `what happens once happens once`() {
        for (type, fields) in [
            ("influencer.registered", ["influencerId"]), ("campaign.opened", ["campaignId"]),
            ("campaign.closed", ["campaignId"]), ("collaboration.agreed", ["influencerId", "campaignId"]),
            ("post.published", ["influencerId", "postId"]), ("product.sent", ["influencerId", "shipmentId"]),
            ("sale.attributed", ["influencerId", "orderId"]), ("fee.accrued", ["influencerId", "feeId"]),
            ("payout.initiated", ["influencerId", "payoutId"]), ("adflight.recorded", ["campaignId", "flightId"]),
            ("tax.withheld", ["influencerId", "withholdingId"]),
        ] {
            let keys = data(of: type).map { item in fields.map { item[$0] as? String ?? "" } }
            #expect(!keys.isEmpty, "\(type)")
            #expect(Set(keys).count == keys.count, "\(type)")
        }
    }

    @Test func `almost all engagement is of a known post, and some is not`() {
        let posts = Set(keys("post.published", "influencerId", "postId"))
        let engagement = keys("engagement.recorded", "influencerId", "postId")
        let unknown = engagement.count { !posts.contains($0) }
        #expect(unknown > 0)
        #expect(unknown * 200 < engagement.count)
    }

    @Test func `almost all deliveries are of a sent product, in a collaboration that was agreed`() {
        let sent = Set(keys("product.sent", "influencerId", "campaignId", "shipmentId"))
        let delivered = keys("product.delivered", "influencerId", "campaignId", "shipmentId")
        #expect(delivered.count { !sent.contains($0) } * 50 < delivered.count)
        let agreed = Set(keys("collaboration.agreed", "influencerId", "campaignId"))
        #expect(keys("product.sent", "influencerId", "campaignId").allSatisfy(agreed.contains))
        #expect(keys("sale.attributed", "influencerId", "campaignId").allSatisfy(agreed.contains))
        let opened = Set(keys("campaign.opened", "campaignId"))
        #expect(keys("collaboration.agreed", "campaignId").allSatisfy(opened.contains))
    }

    @Test func `payouts that end were initiated`() {
        let initiated = Set(keys("payout.initiated", "influencerId", "campaignId", "payoutId"))
        #expect(keys("payout.settled", "influencerId", "campaignId", "payoutId").allSatisfy(initiated.contains))
        #expect(keys("payout.failed", "influencerId", "campaignId", "payoutId").allSatisfy(initiated.contains))
    }

    @Test func `replies never pass what was received, windows begin before they end, counts are not negative`() {
        for event in events where event["type"] as? String == "conversation.recorded" {
            guard let item = event["data"] as? [String: Any], let time = event["time"] as? String,
                let from = item["from"] as? String, let comments = item["commentsReceived"] as? Int,
                let replied = item["commentsReplied"] as? Int, let messages = item["directMessagesReceived"] as? Int,
                let answered = item["directMessagesReplied"] as? Int
            else {
                Issue.record("a conversation lacks a field: \(event)")
                continue
            }
            #expect(from <= time)
            #expect((0...comments).contains(replied))
            #expect((0...messages).contains(answered))
        }
    }

    @Test func `some sponsored posts lack a clear disclosure, and some posts mention a brand without pay`() {
        let posts = data(of: "post.published")
        let sponsored = posts.filter { $0["connection"] as? String != "none" }
        let unclear = sponsored.count { $0["disclosure"] as? String != "clear" }
        #expect(unclear > 0)
        #expect(unclear * 4 < sponsored.count)
        #expect(posts.contains { $0["connection"] as? String == "none" && $0["brandIds"] != nil })
    }

    @Test func `retractions name an earlier event of the same influencer that is no retraction`() throws {
        let first = 4
        let events = try Programme(seed: 6, influencers: 200, events: 20_000, firstPosition: UInt64(first)).objects
        var retractions = 0
        for (index, event) in events.enumerated() where event["type"] as? String == "event.retracted" {
            let item = try #require(event["data"] as? [String: Any])
            let position = try #require(item["position"] as? Int)
            #expect((first..<first + index).contains(position))
            let target = events[position - first]
            let targetData = try #require(target["data"] as? [String: Any])
            #expect(targetData["influencerId"] as? String == item["influencerId"] as? String)
            #expect(target["type"] as? String != "event.retracted")
            retractions += 1
        }
        #expect(retractions > 0)
    }
}
