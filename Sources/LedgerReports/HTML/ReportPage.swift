import LedgerAPI

/// The page around a report: head, style, headings, and what the answers say of themselves.
struct ReportPage {
    struct Section {
        /// Written in the source: what links on the page point to.
        let id: StaticString
        let title: String
        let content: [Markup]
    }

    /// What it is about: `Influencer` or `Campaign`.
    let kind: String
    let name: String
    let standing: Standing
    /// The key figures above all sections: what, the figure, a remark.
    let figures: [(title: String, value: String, note: String)]
    let sections: [Section]

    /// Nothing is loaded and nothing runs: no network, no script, no frame.
    private static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

    var html: String {
        Markup.document(.block("html", ["lang": "en", "xmlns": "http://www.w3.org/1999/xhtml"], [head, body]))
    }

    private var head: Markup {
        .block(
            "head", [:],
            [
                .void("meta", ["charset": "utf-8"]),
                .void("meta", ["http-equiv": "Content-Security-Policy", "content": Self.policy]),
                .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .void("meta", ["name": "color-scheme", "content": "light dark"]),
                .element("title", [.text("\(kind) \(name), \(standing.at)")]),
                .style(ReportStyle.sheet),
            ])
    }

    private var body: Markup {
        let links = sections.map { section in
            Markup.element(
                "li", [.element("a", ["href": "#\(section.id)"], [.text(section.title)])])
        }
        return .block(
            "body", [:],
            [
                .block(
                    "header", [:],
                    [
                        .element("p", ["class": "kind"], [.text("Campaign Ledger report")]),
                        .element("h1", [.text("\(kind) "), .isolated(name)]), standingLine,
                    ]),
                .element("nav", ["aria-label": "Sections"], [.block("ul", [:], links)]),
                .block("main", [:], [figureList] + sections.map(Self.section)),
            ])
    }

    private static func section(_ section: Section) -> Markup {
        .block(
            "section", ["id": "\(section.id)", "aria-labelledby": "\(section.id)-title"],
            [.element("h2", ["id": "\(section.id)-title"], [.text(section.title)])] + section.content)
    }

    private var standingLine: Markup {
        let versions = standing.policyVersion
        return .element(
            "p", ["class": "standing"],
            [
                .text("As of "), .element("time", ["datetime": standing.at], [.text(standing.at)]),
                .text(", position \(standing.position) of \(standing.head); policies: "),
                .text("trust \(Self.version(versions.trust)), advocacy \(Self.version(versions.advocacy)), "),
                .text("tax \(Self.version(versions.tax))"),
            ])
    }

    /// A policy's version; 0 stands for the defaults.
    private static func version(_ version: Int64) -> String {
        version == 0 ? "default" : "v\(version)"
    }

    private var figureList: Markup {
        .block(
            "dl", ["class": "figures"],
            figures.map { figure in
                .element(
                    "div",
                    [
                        .element("dt", [.text(figure.title)]),
                        .element(
                            "dd",
                            [
                                .element("strong", [.markingInstants(figure.value)]),
                                .element("span", [.markingInstants(figure.note)]),
                            ]),
                    ])
            })
    }
}
