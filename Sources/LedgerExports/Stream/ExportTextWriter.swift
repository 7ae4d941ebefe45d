/// Writes rows of one stream as text. It gathers bytes; whoever feeds it takes them away, so that memory is bounded.
package protocol ExportTextWriter<Row>: Sendable {
    associatedtype Row: ExportRow

    /// The stream of `/v1/export/…` whose rows these are.
    static var stream: String { get }

    /// What was written and not taken away yet, UTF-8.
    var bytes: [UInt8] { get set }

    /// Everything before the rows.
    mutating func begin(_ moment: ExportMoment)
    /// One row. What cannot be written leaves `bytes` as they were.
    mutating func add(_ row: Row) throws(ExportFault)
    /// Everything after the rows.
    mutating func finish()
}

extension ExportTextWriter {
    mutating func write(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
