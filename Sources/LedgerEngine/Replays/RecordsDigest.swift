internal import Crypto
package import EventLog

/// A digest of the log's records (`recordsSha256`): SHA-256 over the records in order, each as its length (4 bytes,
/// little-endian) and its bytes. Nothing in a record depends on where it lies, so two ledgers that hold the same records
/// have the same digest, however they came to them.
package struct RecordsDigest: Sendable {
    private var hash = SHA256()

    /// The records taken in.
    package private(set) var count: UInt64 = 0

    package init() {}

    /// Takes in the next record.
    package mutating func add(_ record: RecordView) {
        withUnsafeBytes(of: UInt32(record.bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: record.bytes)
        count += 1
    }

    /// Of the records so far: 64 lower-case hexadecimal digits. More may be taken in afterwards.
    package var sha256: String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
