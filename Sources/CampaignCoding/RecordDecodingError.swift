package import EventLog

/// A record that says what this program does not understand: it is damaged, or a newer program wrote it.
package struct RecordDecodingError: Error, CustomStringConvertible, Sendable {
    package let position: Position
    package let reason: String

    package var description: String {
        "the event at position \(position) cannot be read: \(reason); "
            + "check the log, and whether a newer program has written to it"
    }
}
