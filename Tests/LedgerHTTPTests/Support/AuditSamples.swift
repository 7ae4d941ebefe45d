/// A programme with money, media and faults, for what auditors ask: seventeen events of two influencers and two campaigns.
enum AuditSamples {
    private static func money(
        _ type: String, _ influencer: String, id: String, day: String, _ rest: String, campaign: String = "c1"
    ) -> String {
        Samples.event(
            type, id: id, time: "2026-\(day)T12:00:00Z",
            #"{"influencerId":"\#(influencer)","campaignId":"\#(campaign)",\#(rest)}"#)
    }

    private static func fee(
        _ influencer: String, id: String, day: String, _ name: String, _ amount: String, campaign: String = "c1"
    ) -> String {
        money(
            "fee.accrued", influencer, id: id, day: day,
            #""feeId":"\#(name)","kind":"fee","amount":{"currency":"EUR","amount":"\#(amount)"}"#, campaign: campaign)
    }

    static let events: [String] = [
        Samples.opened("c1", id: "01"), Samples.registered("ana", id: "02"),
        money(
            "collaboration.agreed", "ana", id: "03", day: "01-03", #""kind":"paid","deliverables":1,"deadlineDays":9"#),
        fee("ana", id: "04", day: "01-04", "f1", "250.00"),
        // A repeat of f1 that says something else.
        fee("ana", id: "05", day: "01-05", "f1", "260.00"),
        money(
            "payout.initiated", "ana", id: "06", day: "01-10",
            #""payoutId":"y1","amount":{"currency":"EUR","amount":"250.00"}"#),
        money("payout.settled", "ana", id: "07", day: "01-11", #""payoutId":"y1""#),
        // The campaign c2 is never opened; two events of one instant, so that only their identities tell their order.
        fee("ana", id: "z8", day: "01-12", "f2", "10.00", campaign: "c2"),
        fee("bob", id: "a9", day: "01-12", "f3", "20.00", campaign: "c2"),
        Samples.event(
            "adflight.recorded", id: "10", time: "2026-01-15T12:00:00Z",
            #"{"campaignId":"c1","flightId":"x1","from":"2026-01-15T00:00:00Z","to":"2026-01-20T00:00:00Z","#
                + #""spend":{"currency":"EUR","amount":"50.00"},"impressions":1000}"#),
        // Takes c1 above its 1000.00.
        fee("bob", id: "11", day: "01-20", "f4", "900.00"),
        // More than is due.
        money(
            "payout.initiated", "bob", id: "12", day: "01-21",
            #""payoutId":"y2","amount":{"currency":"EUR","amount":"901.00"}"#),
        money("fee.cancelled", "bob", id: "13", day: "01-22", #""feeId":"nothing""#),
        Samples.event(
            "post.published", id: "14", time: "2026-01-23T12:00:00Z",
            #"{"influencerId":"bob","postId":"p1","platform":"instagram","topics":["books"],"campaignId":"c1","#
                + #""brandIds":["acme"],"connection":"fee","disclosure":"missing"}"#),
        Samples.event(
            "post.published", id: "15", time: "2026-01-23T12:00:00Z",
            #"{"influencerId":"ana","postId":"p2","platform":"instagram","topics":["tea"],"brandIds":[],"#
                + #""connection":"none"}"#),
        Samples.event(
            "engagement.recorded", id: "16", time: "2026-01-24T12:00:00Z",
            #"{"influencerId":"bob","postId":"p1","likes":300,"comments":20,"reach":4000,"impressions":5000}"#),
        Samples.registered("cleo", id: "17", time: "2026-01-25T12:00:00Z"),
    ]

    static var lines: String { events.joined(separator: "\n") + "\n" }
    static let count = 17
    static let at = "2026-02-01T00:00:00Z"
}
