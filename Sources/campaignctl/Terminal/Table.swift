/// Aligned columns under a heading. Every cell is made safe for a terminal.
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

        init(_ text: String, _ paint: Paint = .plain) {
            self.text = TerminalText.escape(text)
            self.paint = paint
        }

        init(stringLiteral value: String) {
            self.init(value)
        }
    }

    /// Columns between two columns of text.
    private static let gap = "  "

    let columns: [Column]
    var rows: [[Cell]] = []

    init(_ columns: Column...) {
        self.columns = columns
    }

    mutating func add(_ cells: Cell...) {
        rows.append(cells)
    }

    /// The table as lines that each end with LF. Without titles the heading is left out.
    func text(_ style: Style, indent: String = "") -> String {
        let heading = columns.map { Cell($0.title, .bold) }
        let hasHeading = columns.contains { !$0.title.isEmpty }
        let all = hasHeading ? [heading] + rows : rows
        let widths = columns.indices.map { index in
            all.map { $0.count > index ? TerminalText.width(of: $0[index].text) : 0 }.max() ?? 0
        }
        return all.map { indent + line($0, widths, style) + "\n" }.joined()
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
