/// Why an export cannot be written. Every case reads as sentences that say what happened, where, and what to do.
package enum ExportFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// A stream ended before its last line: the daemon stopped, or somebody between did.
    case cutOff(stream: String, rows: Int)
    /// The last line counts other rows than came.
    case miscounted(stream: String, announced: Int, rows: Int)
    /// A line that is not one of the ledger's; 1 is the first.
    case unexpectedLine(stream: String, line: Int, String)
    /// A stream that is not of the moment that the export was begun with.
    case anotherMoment(stream: String, String)
    /// A value that no ledger gives out and that a form cannot hold.
    case unwritableValue(String)
    /// The SQLite file cannot be written, or is not sound.
    case database(String)

    package var description: String {
        switch self {
        case .cutOff(let stream, let rows):
            "The daemon's stream of \(stream) ended after \(rows) rows without its last line: it was cut off. No file "
                + "was kept; export again."
        case .miscounted(let stream, let announced, let rows):
            "The daemon announced \(announced) rows of \(stream) and sent \(rows). No file was kept; export again."
        case .unexpectedLine(let stream, let line, let detail):
            "Line \(line) of the daemon's stream of \(stream) is not one of a campaign ledger: \(detail) Check that "
                + "the socket is that of campaignd, and that both are of one version."
        case .anotherMoment(let stream, let detail):
            "The stream of \(stream) is of another moment than the export: \(detail) No file was kept; export again."
        case .unwritableValue(let detail):
            "\(detail) A campaign ledger gives out no such value: check that the socket is that of campaignd, and "
                + "that both are of one version."
        case .database(let detail):
            "The SQLite file could not be written: \(detail) No file was kept. Look at the free space beside --out and "
                + "export again."
        }
    }

    /// Whether the daemon's answer ended early, so that asking again may succeed.
    package var isCutOff: Bool {
        if case .cutOff = self { true } else { false }
    }
}
