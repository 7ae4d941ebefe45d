/// A table with a caption: columns of text to the left, of numbers to the right.
package struct ReportTable {
    package struct Column: Sendable {
        let title: String
        /// The class of its cells; nil for text, which may be broken between words.
        let kind: String?

        static func text(_ title: String) -> Column { Column(title: title, kind: nil) }
        static func number(_ title: String) -> Column { Column(title: title, kind: "n") }
        /// Instants and days, which stay on one line.
        static func time(_ title: String) -> Column { Column(title: title, kind: "t") }
    }

    package struct Cell: ExpressibleByStringLiteral {
        private let markup: Markup
        /// What it was made of, unless it was markup.
        private let text: String?
        /// How it stands out: `strong`, `bad`, `good` or nothing.
        let mark: String?

        init(_ text: String, _ mark: String? = nil) {
            markup = .text(text)
            self.text = text
            self.mark = mark
        }

        init(_ markup: Markup) {
            self.markup = markup
            text = nil
            mark = nil
        }

        /// In a column of text, which may be broken between words, instants are marked, to stay on one line.
        func content(in column: Column) -> Markup {
            guard column.kind == nil, let text else { return markup }
            return .markingInstants(text)
        }

        package init(stringLiteral value: String) {
            self.init(value)
        }
    }

    let caption: String
    let columns: [Column]
    var rows: [[Cell]]

    init(_ caption: String, _ columns: [Column], _ rows: [[Cell]] = []) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }

    mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }

    /// Tables of this many columns are set smaller on paper; those of so few are not drawn out over the page.
    private static let denseColumns = 8
    private static let fewColumns = 3

    private var regionClass: String {
        columns.count >= Self.denseColumns ? "scroll dense" : columns.count <= Self.fewColumns ? "scroll few" : "scroll"
    }

    /// The table in a region of its own that scrolls where the page is narrow. The first cell of a row names it.
    var markup: Markup {
        let heading = Markup.element(
            "tr",
            columns.map { column in
                .element("th", Self.attributes(column, ["scope": "col"], mark: nil), [.text(column.title)])
            })
        let body = rows.map { row in
            Markup.element(
                "tr",
                zip(columns, row).enumerated().map { index, pair in
                    let (column, cell) = pair
                    return index == 0
                        ? .element(
                            "th", Self.attributes(column, ["scope": "row"], mark: cell.mark), [cell.content(in: column)]
                        )
                        : .element("td", Self.attributes(column, [:], mark: cell.mark), [cell.content(in: column)])
                })
        }
        return .block(
            "div",
            [
                "class": regionClass, "role": "region",
                "aria-label": caption, "tabindex": "0",
            ],
            [
                .block(
                    "table", [:],
                    [
                        .element("caption", [.text(caption)]), .element("thead", [heading]),
                        .block("tbody", [:], body),
                    ])
            ])
    }

    private static func attributes(
        _ column: Column, _ own: Markup.Attributes, mark: String?
    ) -> Markup.Attributes {
        let classes = [column.kind, mark].compactMap { $0 }.joined(separator: " ")
        return own.adding("class", classes.isEmpty ? nil : classes)
    }
}
