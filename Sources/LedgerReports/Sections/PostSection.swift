import LedgerAPI

/// Posts with their engagement.
struct PostSection {
    /// Rows of the table; the plot has all.
    static let rowsMax = 200

    /// All, or the newest.
    let posts: [PostBody]
    let isWhole: Bool
    /// A sentence about which posts these are.
    let note: String

    var section: ReportPage.Section {
        guard let plot = PostPlot(posts, isWhole: isWhole).markup else {
            return ReportPage.Section(
                id: "posts", title: "Posts", content: [.element("p", [.text("No posts. \(note)")])])
        }
        let rest = isWhole ? "" : " Drawn are the newest \(Decimals.grouped(posts.count)): there are more."
        return ReportPage.Section(
            id: "posts", title: "Posts",
            content: [.element("p", ["class": "note"], [.text(note + rest)]), plot, table.markup])
    }

    private var table: ReportTable {
        let newest = posts.sorted { ($0.published, $0.postId) > ($1.published, $1.postId) }.prefix(Self.rowsMax)
        let isAll = isWhole && newest.count == posts.count
        let which = "the newest \(newest.count) of \(isWhole ? "" : "more than ")\(Decimals.grouped(posts.count))"
        return ReportTable(
            "Posts, \(isAll ? "newest first" : which)",
            [
                .text("post"), .time("published"), .text("platform, connection"), .text("campaign"),
                .text("topics"), .text("disclosure"), .text("live"), .number("engagements"), .number("likes"),
                .number("comments"), .number("reach"),
            ],
            newest.map(Self.row))
    }

    private static func row(_ post: PostBody) -> [ReportTable.Cell] {
        let verdict = post.verdict ?? "no verdict"
        return [
            .init(post.postId), .init(post.published), .init("\(post.platform), \(post.connection)"),
            .init(post.campaignId ?? "–"), .init(post.topics.joined(separator: ", ")),
            .init(post.needsDisclosure ? verdict : "\(verdict), not needed", PostPlot.isBreach(post) ? "bad" : nil),
            .init(post.live ? "yes" : post.removed.map { "removed \($0)" } ?? "no"),
            .init(Decimals.grouped(post.engagements)), number(post.counters?.likes), number(post.counters?.comments),
            number(post.counters?.reach),
        ]
    }

    private static func number(_ value: Int64?) -> ReportTable.Cell {
        .init(value.map { Decimals.grouped($0) } ?? "–")
    }
}
