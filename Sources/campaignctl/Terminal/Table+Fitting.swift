/// Tables that are wider than the terminal. Nothing is left out: texts go on in the next line, and if that is not
/// enough the table is taken apart into tables that each begin with the columns that say which row it is.
extension Table {
    func fitted(_ style: Style, indent: String, width: Int) -> String {
        let natural = naturalWidths
        if let widths = shrunk(natural, to: width) {
            return text(style, indent: indent, widths: widths)
        }
        guard columns.count > keyColumns + 1 else {
            return text(style, indent: indent, widths: squeezed(natural, to: width))
        }
        return groups(natural, width).map { group in
            picking(group).fittedAlone(style, indent: indent, width: width)
        }.joined(separator: "\n")
    }

    private func fittedAlone(_ style: Style, indent: String, width: Int) -> String {
        let natural = naturalWidths
        return text(style, indent: indent, widths: shrunk(natural, to: width) ?? squeezed(natural, to: width))
    }

    /// Narrower columns of text, the widest first, until the line fits; nil if it cannot. Numbers stay whole.
    private func shrunk(_ natural: [Int], to width: Int) -> [Int]? {
        narrowed(natural, least: leastWidths(natural), to: width)
    }

    /// What each column takes at least: numbers as they are, texts their longest word.
    private func leastWidths(_ natural: [Int]) -> [Int] {
        columns.indices.map { index in
            guard columns[index].alignment == .left else { return natural[index] }
            let cells = rows.map { $0.indices.contains(index) ? $0[index].leastWidth : 0 }
            return min(natural[index], max(cells.max() ?? 0, TerminalText.width(of: columns[index].title)))
        }
    }

    /// The same at all costs: for a line that holds nothing to take away.
    private func squeezed(_ natural: [Int], to width: Int) -> [Int] {
        let least = natural.map { min($0, 4) }
        return narrowed(natural, least: least, to: width) ?? least
    }

    private func narrowed(_ natural: [Int], least: [Int], to width: Int) -> [Int]? {
        let room = width - Self.gap.count * max(0, natural.count - 1)
        guard least.reduce(0, +) <= room else { return nil }
        var widths = natural
        while widths.reduce(0, +) > room {
            let candidates = widths.indices.filter { widths[$0] > least[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
            widths[widest] -= 1
        }
        return widths
    }

    /// The other columns in runs that fit beside the key columns.
    private func groups(_ natural: [Int], _ width: Int) -> [[Int]] {
        let keys = Array(columns.indices.prefix(keyColumns))
        let least = leastWidths(natural)
        let keyWidth = keys.map { least[$0] + Self.gap.count }.reduce(0, +)
        var groups: [[Int]] = []
        var used = Int.max
        for index in columns.indices.dropFirst(keyColumns) {
            let cost = least[index] + Self.gap.count
            if used == .max || used + cost > width + Self.gap.count {
                groups.append(keys)
                used = keyWidth
            }
            groups[groups.count - 1].append(index)
            used += cost
        }
        return groups
    }

    private func picking(_ indices: [Int]) -> Table {
        Table(
            columns: indices.map { columns[$0] },
            rows: rows.map { row in indices.map { row.indices.contains($0) ? row[$0] : "" } })
    }
}
