/// Dots on a grid of characters: each character of braille holds two by four of them. Without Unicode each character
/// holds one dot, an asterisk.
struct BrailleCanvas {
    /// In characters.
    let columns: Int
    let rows: Int
    private let unicode: Bool
    /// The dots of each character, as the low byte of its braille letter.
    private var cells: [UInt8]

    init(columns: Int, rows: Int, unicode: Bool) {
        self.columns = columns
        self.rows = rows
        self.unicode = unicode
        cells = Array(repeating: 0, count: columns * rows)
    }

    /// Dots from left to right, and from bottom to top.
    var width: Int { unicode ? columns * 2 : columns }
    var height: Int { unicode ? rows * 4 : rows }

    /// A dot; outside of the canvas nothing happens.
    mutating func set(x: Int, y: Int) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        let fromTop = height - 1 - y
        guard unicode else {
            cells[fromTop * columns + x] = 1
            return
        }
        // The letter's bits: 1, 2, 3, 7 down the left side, 4, 5, 6, 8 down the right one.
        let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
        cells[fromTop / 4 * columns + x / 2] |= bits[x % 2][fromTop % 4]
    }

    /// A line between two dots, both included.
    mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
        let steps = max(abs(end.x - start.x), abs(end.y - start.y))
        guard steps > 0 else { return set(x: start.x, y: start.y) }
        for step in 0...steps {
            set(
                x: start.x + rounded((end.x - start.x) * step, steps),
                y: start.y + rounded((end.y - start.y) * step, steps))
        }
    }

    private func rounded(_ value: Int, _ divisor: Int) -> Int {
        (value >= 0 ? value + divisor / 2 : value - divisor / 2) / divisor
    }

    /// The lines from top to bottom.
    var lines: [String] {
        (0..<rows).map { row in
            cells[row * columns..<(row + 1) * columns].reduce(into: "") { line, cell in
                guard unicode, cell != 0 else {
                    line += cell == 0 ? " " : "*"
                    return
                }
                line.unicodeScalars.append(Unicode.Scalar(0x2800 + UInt32(cell)) ?? " ")
            }
        }
    }
}
