import LedgerAPI

/// Posts by when they were published and how much engagement they had.
struct PostPlot {
    let posts: [(seconds: Int64, post: PostBody)]
    private let isWhole: Bool

    /// - Parameter isWhole: Whether there are no more than these, which are the newest.
    init(_ posts: [PostBody], isWhole: Bool) {
        self.isWhole = isWhole
        self.posts = posts.compactMap { post in WireTime.seconds(post.published).map { ($0, post) } }
            .sorted { ($0.0, $0.1.postId) < ($1.0, $1.1.postId) }
    }

    var markup: Markup? {
        guard let first = posts.first, let last = posts.last else { return nil }
        let most = posts.map(\.post.engagements).max() ?? 0
        let pad = max(WireTime.daySeconds, (last.seconds - first.seconds) / 50)
        let frame = PlotFrame(
            time: TimeAxis(from: first.seconds - pad, to: last.seconds + pad),
            values: ValueAxis(least: 0, most: Int128(most), places: 0))
        let marks = posts.map { seconds, post in
            Self.mark(
                post, x: frame.x(seconds), y: frame.y(Int128(post.engagements)), title: Self.title(post))
        }
        let sponsored = posts.count { $0.post.connection != "none" }
        return .element(
            "figure",
            [
                frame.svg(
                    title: "Posts with their engagement over time",
                    description:
                        "\(isWhole ? "" : "The newest ")\(posts.count) posts, \(sponsored) of them sponsored; the most "
                        + "engagements are \(most).",
                    marks),
                .element(
                    "figcaption",
                    [
                        PlotKey.mark(Self.circle("fa sa", x: 160, y: 80), "organic"),
                        PlotKey.mark(Self.diamond("fb sb", x: 160, y: 80), "sponsored"),
                        PlotKey.mark(Self.circle("hollow sa", x: 160, y: 80), "removed"),
                        PlotKey.mark(Self.breach(x: 160, y: 80), "disclosure missing"),
                        .text("Engagements: likes, comments, shares and saves as last seen."),
                    ]),
            ])
    }

    /// Whether it is live, needs disclosure and has none.
    static func isBreach(_ post: PostBody) -> Bool {
        post.live && post.needsDisclosure && post.verdict == "missing"
    }

    private static func mark(_ post: PostBody, x: Int128, y: Int128, title: String) -> Markup {
        let isSponsored = post.connection != "none"
        let fill = post.live ? (isSponsored ? "fb" : "fa") : "hollow"
        let shape =
            isSponsored ? diamond("\(fill) sb", x: x, y: y) : circle("\(fill) sa", x: x, y: y)
        return .element("g", [.element("title", [.text(title)]), isBreach(post) ? breach(x: x, y: y) : .empty, shape])
    }

    private static func title(_ post: PostBody) -> String {
        let sponsored = post.connection == "none" ? "organic" : post.connection
        return "\(post.postId), \(post.published): \(Decimals.grouped(post.engagements)) engagements, \(sponsored)"
    }

    private static func circle(_ classes: String, x: Int128, y: Int128) -> Markup {
        .void(
            "circle",
            ["class": "mark " + classes, "cx": PlotFrame.text(x), "cy": PlotFrame.text(y), "r": "4"])
    }

    private static func diamond(_ classes: String, x: Int128, y: Int128) -> Markup {
        let corners = [(0, -55), (55, 0), (0, 55), (-55, 0)].map { dx, dy in
            "\(PlotFrame.text(x + Int128(dx))),\(PlotFrame.text(y + Int128(dy)))"
        }
        return .void("polygon", ["class": "mark " + classes, "points": corners.joined(separator: " ")])
    }

    private static func breach(x: Int128, y: Int128) -> Markup {
        .void(
            "rect",
            [
                "class": "mark sbad hollow", "x": PlotFrame.text(x - 75), "y": PlotFrame.text(y - 75),
                "width": "15", "height": "15",
            ])
    }
}
