package import FoundationEssentials
package import LedgerAPI

/// Reads the lines of `/v1/export/…` in order: a beginning, rows, an end that counts them. What is cut off, counted
/// wrongly or goes on after its end is a fault, never a shorter export.
package struct ExportStreamReader: Sendable {
    package enum Line: Sendable, Equatable {
        case beginning(ExportBeginning)
        /// A row's JSON.
        case row(Data)
        case end
    }

    /// The end's line is shorter than any row, so that rows need not be decoded twice.
    private static let endBytesMax = 64

    /// `postings`, `influencers`, `posts` or `exceptions`.
    package let name: String
    /// Rows so far.
    package private(set) var rows = 0
    private var hasBegun = false
    private var hasEnded = false

    package init(name: String) {
        self.name = name
    }

    /// Takes a line without its LF.
    package mutating func take(_ line: Data) throws(ExportFault) -> Line {
        guard !hasEnded else { throw unexpected("it comes after the last one.") }
        guard hasBegun else { return .beginning(try begin(line)) }
        if line.count <= Self.endBytesMax, let end = try? WireCoding.decode(ExportEnd.self, from: line) {
            guard end.count == rows else { throw .miscounted(stream: name, announced: end.count, rows: rows) }
            hasEnded = true
            return .end
        }
        rows += 1
        return .row(line)
    }

    /// Throws unless the last line has come.
    package func finish() throws(ExportFault) {
        guard hasEnded else { throw .cutOff(stream: name, rows: rows) }
    }

    /// The value of the row that was taken last.
    package func decode<Row: Decodable>(_ type: Row.Type, from row: Data) throws(ExportFault) -> Row {
        do {
            return try WireCoding.decode(type, from: row)
        } catch {
            throw .unexpectedLine(stream: name, line: rows + 1, "it does not read as \(type): \(error).")
        }
    }

    private mutating func begin(_ line: Data) throws(ExportFault) -> ExportBeginning {
        let beginning: ExportBeginning
        do {
            beginning = try WireCoding.decode(ExportBeginning.self, from: line)
        } catch {
            throw unexpected("it does not read as the beginning of an export: \(error).")
        }
        guard beginning.export == name else { throw unexpected("it begins an export of \(beginning.export).") }
        hasBegun = true
        return beginning
    }

    private func unexpected(_ detail: String) -> ExportFault {
        .unexpectedLine(stream: name, line: (hasBegun ? 1 : 0) + rows + (hasEnded ? 1 : 0) + 1, detail)
    }
}
