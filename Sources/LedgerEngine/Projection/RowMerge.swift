import EventLog

/// Joins a stream's newest row with facts folded since: as many as fit stay in the row, full rows are archived under
/// the position of their first fact and never change again.
///
/// A row is full when the next fact would take it over `ViewKeys.rowBytesMax`; so the rows are a function of the
/// stream's facts alone (invariant V2), whatever batches and checkpoints brought them.
struct RowMerge {
    /// The stream's newest row.
    private(set) var row: [UInt8]
    /// Rows that came to be full, with the position of their first fact.
    private(set) var archived: [(firstPosition: UInt64, bytes: [UInt8])] = []

    init(row: [UInt8]) {
        self.row = row
    }

    /// Adds facts behind the row's. - Precondition: `facts` is a sequence of whole facts.
    mutating func append(_ facts: UnsafeRawBufferPointer) {
        var offset = 0
        while offset < facts.count {
            let length = 2 + Int(UInt16(littleEndian: facts.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
            if !row.isEmpty, row.count + length > ViewKeys.rowBytesMax {
                archived.append((RowMerge.firstPosition(of: row), row))
                row.removeAll(keepingCapacity: true)
            }
            row.append(contentsOf: facts[offset..<offset + length])
            offset += length
        }
    }

    /// The position of a row's first fact (`FactFormat`: behind length, type and time).
    private static func firstPosition(of row: [UInt8]) -> UInt64 {
        (0..<5).reduce(0) { $0 | UInt64(row[11 + $1]) << UInt64(8 * $1) }
    }
}
