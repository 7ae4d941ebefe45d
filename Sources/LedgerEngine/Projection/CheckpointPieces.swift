import CampaignDomain
import EventLog
import LedgerStore

/// What a frozen overlay adds to the rows of `views/`, in the byte order of the keys.
///
/// Facts go from the overlay to the store's page in one copy. Only a row with more facts than a piece may have is copied
/// before, and cut between facts.
struct CheckpointPieces: ViewPieces {
    private struct Piece {
        let row: Overlay.Row
        /// Where it lies in `cut`; nil for all of the row's facts.
        let range: Range<Int>?
    }

    private let overlay: Overlay
    private var pieces: [Piece] = []
    /// The facts of the rows that were cut.
    private var cut: [UInt8] = []

    init(_ overlay: Overlay) {
        self.overlay = overlay
        pieces.reserveCapacity(overlay.rows.count)
        for row in RowOrder.rows(of: overlay) {
            if overlay.byteCount(of: row) <= ViewLimits.pieceSizeBytesMax {
                pieces.append(Piece(row: row, range: nil))
            } else {
                addCut(row)
            }
        }
    }

    var count: Int { pieces.count }

    /// How far ahead rows are brought near: pieces are asked for in order, and rows lie all over the memory.
    private static let warmedAhead = 8

    func key(at index: Int) -> UnsafeRawBufferPointer {
        if index + Self.warmedAhead < pieces.count {
            overlay.warmKey(of: pieces[index + Self.warmedAhead].row)
            overlay.warmFact(of: pieces[index + Self.warmedAhead / 2].row)
        }
        return overlay.key(of: pieces[index].row)
    }

    func sizeBytes(at index: Int) -> Int {
        pieces[index].range?.count ?? overlay.byteCount(of: pieces[index].row)
    }

    func write(at index: Int, into memory: UnsafeMutableRawPointer) {
        guard let range = pieces[index].range else { return overlay.write(pieces[index].row, into: memory) }
        cut.withUnsafeBytes { cut in
            UnsafeMutableRawBufferPointer(start: memory, count: range.count)
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: cut[range]))
        }
    }

    private mutating func addCut(_ row: Overlay.Row) {
        var start = cut.count
        cut.append(contentsOf: overlay.facts(of: row))
        var end = start
        while end < cut.count {
            let length = cut.withUnsafeBytes { bytes in bytes.baseAddress.map { FactFormat.length(at: $0 + end) } ?? 0 }
            if end + length - start > ViewLimits.pieceSizeBytesMax {
                pieces.append(Piece(row: row, range: start..<end))
                start = end
            }
            end += length
        }
        pieces.append(Piece(row: row, range: start..<end))
    }
}

/// Sorting of an overlay's rows by key.
enum RowOrder {
    /// Keys lie all over the memory; so what is compared is a copy of their first 16 bytes, which nearly always decides.
    private struct Entry {
        /// Big-endian, zeros behind the key's end.
        let high: UInt64
        let low: UInt64
        let row: Overlay.Row
    }

    /// The rows in the byte order of their keys.
    static func rows(of overlay: Overlay) -> [Overlay.Row] {
        var entries = overlay.rows.map { row in
            let key = overlay.key(of: row)
            return Entry(high: word(key, 0), low: word(key, 8), row: row)
        }
        entries.sort { left, right in
            if left.high != right.high { return left.high < right.high }
            if left.low != right.low { return left.low < right.low }
            return overlay.key(of: left.row).isLess(than: overlay.key(of: right.row))
        }
        return entries.map(\.row)
    }

    private static func word(_ key: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word) { target in
            guard key.count > offset else { return }
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: key[offset..<min(key.count, offset + 8)]))
        }
        return UInt64(bigEndian: word)
    }
}
