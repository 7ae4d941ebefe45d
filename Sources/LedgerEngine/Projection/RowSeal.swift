import EventLog
import LedgerStore

/// A row's value as `views/` holds it: CRC-32C over key and facts (u32, little-endian), then the facts. LMDB has no
/// checksums of its own; a flipped bit or a row under another key must be an error, never an answer.
enum RowSeal {
    static let sizeBytes = 4

    static func checksum(key: UnsafeRawBufferPointer, facts: UnsafeRawBufferPointer) -> UInt32 {
        Checksum.crc32c(facts, after: Checksum.crc32c(key))
    }

    /// The facts of a row that was read.
    ///
    /// - Throws: `.corruptFold` if the checksum says that the row is not what was written.
    static func facts(of row: RowReference) throws(StoreError) -> UnsafeRawBufferPointer {
        guard row.value.count >= sizeBytes else { throw damaged(row.key) }
        let facts = UnsafeRawBufferPointer(rebasing: row.value[sizeBytes...])
        let stored = UInt32(littleEndian: row.value.loadUnaligned(as: UInt32.self))
        guard stored == checksum(key: row.key, facts: facts) else { throw damaged(row.key) }
        return facts
    }

    private static func damaged(_ key: UnsafeRawBufferPointer) -> StoreError {
        let name = ViewKeys.identifier(in: key)
        return .corruptFold(
            place: "views/",
            reason:
                "the row of \(name) is damaged. Stop the daemon, remove views/ and start it: it is rebuilt from the log"
        )
    }
}
