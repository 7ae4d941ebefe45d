package import EventLog

/// What the small synced file LEDGER beside log/ says: which ledger this is and how far its log had come at least.
///
/// A log behind it or of other records was put there from elsewhere and is refused. Text, one `key: value` a line:
///
///     format: 1
///     ledger: 0123456789abcdef0123456789abcdef
///     head: 1234
///     checksum: 89abcdef
package struct LedgerMarker: Hashable, Sendable {
    /// The format this program writes.
    package static let format = 1

    /// The file's name in the data directory.
    package static let fileName = "LEDGER"

    /// The digits of an identity.
    package static let identityDigits = 32

    /// 32 lower-case hexadecimal digits, for ever the same.
    package var identity: String

    /// A head the log had when this was written; 0 for a new ledger.
    package var head: Position

    /// The checksum of the record at `head`; 0 for a new ledger.
    package var checksum: UInt32

    package init(identity: String, head: Position = .beforeFirst, checksum: UInt32 = 0) {
        self.identity = identity
        self.head = head
        self.checksum = checksum
    }

    /// Whether `text` can be a ledger's identity.
    package static func isIdentity(_ text: String) -> Bool {
        text.utf8.count == identityDigits
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

extension LedgerMarker {
    /// What the folds of this ledger are marked with: the first half of its identity.
    package var foldMark: UInt64 {
        UInt64(identity.prefix(LedgerMarker.identityDigits / 2), radix: 16) ?? 0
    }
}
