/// A table of a page as a reader finds it: by caption, row and column.
struct ReadTable {
    struct Lacking: Error, CustomStringConvertible {
        var description: String
    }

    let caption: String
    /// The titles of the columns, then each row, as text.
    let rows: [[String]]

    /// The tables of a page, in order. No table stands in another.
    static func all(in page: String) throws -> [ReadTable] {
        var tables: [(caption: String, rows: [[String]])] = []
        for element in try StrictMarkup.elements(of: page) {
            switch element.name {
            case "table": tables.append(("", []))
            case "caption": tables[tables.count - 1].caption = element.text
            case "tr": tables[tables.count - 1].rows.append([])
            case "th", "td":
                let (table, row) = (tables.count - 1, tables[tables.count - 1].rows.count - 1)
                tables[table].rows[row].append(element.text)
            default: break
            }
        }
        return tables.map { ReadTable(caption: $0.caption, rows: $0.rows) }
    }

    /// The cell of the only table of this caption, in the first row that begins with these cells.
    static func cell(_ tables: [ReadTable], _ caption: String, row: [String], column: String) throws -> String {
        let tables = tables.filter { $0.caption == caption }
        guard tables.count == 1 else { throw Lacking(description: "\(tables.count) tables are called \(caption)") }
        guard let place = tables[0].rows.first?.firstIndex(of: column) else {
            throw Lacking(description: "\(caption) has no column \(column)")
        }
        guard let found = tables[0].rows.dropFirst().first(where: { Array($0.prefix(row.count)) == row }),
            found.indices.contains(place)
        else { throw Lacking(description: "\(caption) has no row \(row)") }
        return found[place]
    }
}
