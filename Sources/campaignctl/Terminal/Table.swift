/// Aligned columns under a heading. Every cell is made safe for a terminal.
///
/// Where the style says how wide a line may be, the table is made to fit: see `Table+Fitting`.
struct Table {
    enum Alignment {
        case left, right
    }

    struct Column {
        let title: String
        let alignment: Alignment

        static func left(_ title: String) -> Column { Column(title: title, alignment: .left) }
        static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
    }

    struct Cell: ExpressibleByStringLiteral {
        let text: String
        let paint: Paint
        /// Whether it stays on one line as long as the table can be narrowed or taken apart otherwise.
        let isWhole: Bool

        init(_ text: String, _ paint: Paint = .plain, isWhole: Bool = false) {
            self.text = TerminalText.escape(text)
            self.paint = paint
            self.isWhole = isWhole
        }

        /// What it takes at least where words are not broken.
        var leastWidth: Int {
            isWhole ? TerminalText.width(of: text) : TerminalText.wordWidth(of: text)
        }

        init(stringLiteral value: String) {
            self.init(value)
        }
    }

    /// Columns between two columns of text.
    static let gap = "  "

    let columns: [Column]
    /// How many of the first columns say which row it is: they are repeated where a table is taken apart.
    var keyColumns = 1
    var rows: [[Cell]] = []

    init(_ columns: Column...) {
        self.columns = columns
    }

    init(columns: [Column], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }

    mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }

    /// The table as lines that each end with LF. Without titles the heading is left out.
    func text(_ style: Style, indent: String = "") -> String {
        guard let width = style.columns else {
            return text(style, indent: indent, widths: naturalWidths)
        }
        return fitted(style, indent: indent, width: width - TerminalText.width(of: indent))
    }

    /// The widths that hold everything on one line each.
    var naturalWidths: [Int] {
        columns.indices.map { index in
            lines.map { $0.count > index ? TerminalText.width(of: $0[index].text) : 0 }.max() ?? 0
        }
    }

    /// The rows, and above them the heading if there is one.
    private var lines: [[Cell]] {
        let hasHeading = columns.contains { !$0.title.isEmpty }
        return hasHeading ? [columns.map { Cell($0.title, .bold) }] + rows : rows
    }

    /// The table in columns of these widths; what is longer goes on in the next line.
    func text(_ style: Style, indent: String, widths: [Int]) -> String {
        lines.flatMap { Self.wrapped($0, widths) }.map { indent + line($0, widths, style) + "\n" }.joined()
    }

    private static func wrapped(_ cells: [Cell], _ widths: [Int]) -> [[Cell]] {
        let pieces = zip(cells, widths).map { TerminalText.wrap($0.text, width: $1) }
        let height = pieces.map(\.count).max() ?? 1
        guard height > 1 else { return [cells] }
        return (0..<height).map { row in
            zip(cells, pieces).map { Cell($1.indices.contains(row) ? $1[row] : "", $0.paint) }
        }
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
        let last = cells.lastIndex { !$0.text.isEmpty } ?? 0
        return cells.enumerated().prefix(last + 1).map { index, cell in
            let space = String(repeating: " ", count: widths[index] - TerminalText.width(of: cell.text))
            let painted = style.paint(cell.text, cell.paint)
            return switch columns[index].alignment {
            case .left: index == last ? painted : painted + space
            case .right: space + painted
            }
        }.joined(separator: Self.gap)
    }
}
