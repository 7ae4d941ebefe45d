package import EventLog

/// What took over.
package struct RebuildResult: Sendable, Equatable {
    /// The position at which it was compared with what served until then; it took over some events later.
    package var position: Position
    /// Rows of the read models that serve now as they were there, and their digest: SHA-256 in 64 hexadecimal digits.
    package var rows: UInt64
    package var sha256: String
    /// Rows in which those that served before differed.
    package var differences: UInt64

    package init(position: Position, rows: UInt64, sha256: String, differences: UInt64) {
        self.position = position
        self.rows = rows
        self.sha256 = sha256
        self.differences = differences
    }
}
