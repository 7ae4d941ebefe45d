/// Events for tests.
enum Samples {
    static func registered(_ influencer: String, id: String, time: String = "2026-01-01T12:00:00Z") -> String {
        event(
            "influencer.registered", id: id, time: time,
            #"{"influencerId":"\#(influencer)","platform":"instagram","niches":["books"]}"#)
    }

    static func measured(_ influencer: String, id: String, followers: Int) -> String {
        event(
            "audience.measured", id: id, time: "2026-01-02T12:00:00Z",
            #"{"influencerId":"\#(influencer)","followers":\#(followers)}"#)
    }

    static func opened(_ campaign: String, id: String) -> String {
        event(
            "campaign.opened", id: id, time: "2026-01-01T09:00:00Z",
            #"{"campaignId":"\#(campaign)","brandId":"acme","topics":["books"],"#
                + #""budget":{"currency":"EUR","amount":"1000.00"},"startsOn":"2026-01-01","endsOn":"2026-12-31"}"#)
    }

    static func event(_ type: String, id: String, time: String, _ data: String, extra: String = "") -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"urn:test","type":"\#(type)","time":"\#(time)"\#(extra),"data":\#(data)}"#
    }

    /// A small programme: an influencer with a breach, a post, a fee, in a campaign; eight events.
    static let programme: [String] = [
        opened("c1", id: "1"), registered("ana", id: "2"), measured("ana", id: "3", followers: 12_000),
        event(
            "collaboration.agreed", id: "4", time: "2026-01-03T12:00:00Z",
            #"{"influencerId":"ana","campaignId":"c1","kind":"paid","deliverables":1,"deadlineDays":30}"#),
        event(
            "fee.accrued", id: "5", time: "2026-01-04T12:00:00Z",
            #"{"influencerId":"ana","campaignId":"c1","feeId":"f1","kind":"fee","amount":{"currency":"EUR","amount":"250.00"}}"#
        ),
        event(
            "post.published", id: "6", time: "2026-01-05T12:00:00Z",
            #"{"influencerId":"ana","postId":"p1","platform":"instagram","topics":["books"],"campaignId":"c1","#
                + #""brandIds":["acme"],"connection":"fee","disclosure":"missing"}"#),
        event(
            "engagement.recorded", id: "7", time: "2026-01-12T12:00:00Z",
            #"{"influencerId":"ana","postId":"p1","likes":300,"comments":20}"#),
        registered("bob", id: "8"),
    ]

    static var lines: String { programme.joined(separator: "\n") + "\n" }
    static let at = "2026-02-01T00:00:00Z"
}
