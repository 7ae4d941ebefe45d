/// What a CSV file holds: the columns, and the records of a row of its stream.
package protocol CSVTable<Row>: Sendable {
    associatedtype Row: ExportRow

    /// The stream of `/v1/export/…`.
    static var stream: String { get }
    static var columns: [String] { get }

    /// The records of a row, in order; each has a cell for each column.
    static func records(of row: Row) -> [CSVRecord]
}

/// Writes one table as CSV (RFC 4180, UTF-8, with a header).
package struct CSVWriter<Table: CSVTable>: ExportTextWriter {
    package static var stream: String { Table.stream }

    package var bytes: [UInt8] = []

    private let campaignID: String?

    /// - Parameter campaignID: The one it is limited to, if it is.
    package init(_ table: Table.Type, campaignID: String? = nil) {
        self.campaignID = campaignID
    }

    package mutating func begin(_ moment: ExportMoment) {
        // The moment is not written here: a comment would be a record.
        write(Table.columns.joined(separator: ",") + "\r\n")
    }

    package mutating func add(_ row: Table.Row) {
        for record in Table.records(of: campaignID.map { row.narrowed(toCampaign: $0) } ?? row) {
            write(record.line)
        }
    }

    package mutating func finish() {}
}
