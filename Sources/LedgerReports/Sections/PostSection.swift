import LedgerAPI

/// Posts with their engagement.
struct PostSection {
    /// Rows of the table; the plot has all.
    static let rowsMax = 200

    /// A post; on a campaign's page with whose it is and the event that published it.
    private struct Entry {
        let post: PostBody
        let exported: ExportedPostBody?
    }

    /// All, or the newest.
    private let entries: [Entry]
    private let isOfCampaign: Bool
    private let isWhole: Bool
    /// A sentence about which posts these are.
    private let note: String

    /// Posts of one influencer, in any campaign.
    init(posts: [PostBody], isWhole: Bool, note: String) {
        entries = posts.map { Entry(post: $0, exported: nil) }
        isOfCampaign = false
        self.isWhole = isWhole
        self.note = note
    }

    /// Posts in one campaign, of any influencer.
    init(campaignPosts: [ExportedPostBody], isWhole: Bool, note: String) {
        entries = campaignPosts.map { Entry(post: $0.post, exported: $0) }
        isOfCampaign = true
        self.isWhole = isWhole
        self.note = note
    }

    var section: ReportPage.Section {
        guard let plot = PostPlot(entries.map(\.post), isWhole: isWhole).markup else {
            return ReportPage.Section(
                id: "posts", title: "Posts", content: [.element("p", [.text("No posts. \(note)")])])
        }
        let rest = isWhole ? "" : " Drawn are the newest \(Decimals.grouped(entries.count)): there are more."
        return ReportPage.Section(
            id: "posts", title: "Posts",
            content: [.element("p", ["class": "note"], [.text(note + rest)]), plot, table.markup])
    }

    private var table: ReportTable {
        let newest = entries.sorted { ($0.post.published, $0.post.postId) > ($1.post.published, $1.post.postId) }
            .prefix(Self.rowsMax)
        let isAll = isWhole && newest.count == entries.count
        let which = "the newest \(newest.count) of \(isWhole ? "" : "more than ")\(Decimals.grouped(entries.count))"
        let origin: [ReportTable.Column] = isOfCampaign ? [.text("position")] : []
        return ReportTable(
            "Posts, \(isAll ? "newest first" : which)",
            [
                .text("post"), .text(isOfCampaign ? "influencer" : "campaign"), .time("published"),
                .text("platform, connection"), .text("topics"), .text("disclosure"), .text("live"),
                .number("engagements"), .number("likes"), .number("comments"), .number("reach"),
            ] + origin,
            newest.map(Self.row))
    }

    private static func row(_ entry: Entry) -> [ReportTable.Cell] {
        let post = entry.post
        let verdict = post.verdict ?? "no verdict"
        let cells: [ReportTable.Cell] = [
            .init(post.postId), .init(entry.exported?.influencerId ?? post.campaignId ?? "–"), .init(post.published),
            .init("\(post.platform), \(post.connection)"), .init(post.topics.joined(separator: ", ")),
            .init(post.needsDisclosure ? verdict : "\(verdict), not needed", PostPlot.isBreach(post) ? "bad" : nil),
            .init(post.live ? "yes" : post.removed.map { "removed \($0)" } ?? "no"),
            .init(Decimals.grouped(post.engagements)), number(post.counters?.likes), number(post.counters?.comments),
            number(post.counters?.reach),
        ]
        guard let exported = entry.exported else { return cells }
        return cells + [ReportTable.Cell("\(exported.position)")]
    }

    private static func number(_ value: Int64?) -> ReportTable.Cell {
        .init(value.map { Decimals.grouped($0) } ?? "–")
    }
}
