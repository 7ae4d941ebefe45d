package import EventLog

/// What a verification says of the log and its folds.
package struct VerificationResult: Sendable, Equatable {
    /// A fold: how many rows it has, their digest in key order, and the digest of the one that was folded beside it.
    package struct ReadModel: Sendable, Equatable {
        /// `views` or `index`.
        package var name: String
        /// The position at which both were compared.
        package var position: Position
        package var rows: UInt64
        /// SHA-256 in 64 hexadecimal digits of what serves, and of what the log says.
        package var sha256: String
        package var expectedSHA256: String

        package init(name: String, position: Position, rows: UInt64, sha256: String, expectedSHA256: String) {
            self.name = name
            self.position = position
            self.rows = rows
            self.sha256 = sha256
            self.expectedSHA256 = expectedSHA256
        }
    }

    /// The position up to which the log was read.
    package var position: Position
    /// Whether nothing was found.
    package var isSound: Bool
    /// Records read.
    package var records: UInt64
    /// SHA-256 over all records, each as its length (4 bytes, little-endian) and its bytes, in 64 hexadecimal digits.
    package var recordsSHA256: String
    package var readModels: [ReadModel]

    package init(
        position: Position, isSound: Bool, records: UInt64, recordsSHA256: String, readModels: [ReadModel]
    ) {
        self.position = position
        self.isSound = isSound
        self.records = records
        self.recordsSHA256 = recordsSHA256
        self.readModels = readModels
    }
}
