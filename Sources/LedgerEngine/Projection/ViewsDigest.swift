import Crypto
package import EventLog
import LedgerStore

/// A digest of the read models: SHA-256 over all rows in key order, each as length and bytes of key and value. Two
/// ledgers with the same log have the same digest at the same position, however they came to it (invariant V2).
package struct ViewsDigest: Sendable, Equatable {
    package let position: Position
    package let rows: Int
    /// 64 hexadecimal digits.
    package let sha256: String

    init(_ views: any ViewStorage) throws(StoreError) {
        let snapshot = try views.snapshot()
        var hash = SHA256()
        var rows = 0
        try withUnsafeBytes(of: UInt8(0)) { (first) throws(StoreError) in
            try snapshot.scanRows(from: first) { row in
                Self.update(&hash, row)
                rows += 1
                return .proceed
            }
        }
        position = snapshot.position
        self.rows = rows
        sha256 = Self.text(hash)
    }

    /// Takes a row in.
    static func update(_ hash: inout SHA256, _ row: RowReference) {
        for bytes in [row.key, row.value] {
            withUnsafeBytes(of: UInt32(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(bufferPointer: bytes)
        }
    }

    /// The digest as text.
    static func text(_ hash: SHA256) -> String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension Ledger {
    /// The digest of the committed rows, which stand at a position of their own; folds are checkpointed first, so on a
    /// ledger that takes no events it is that of the head.
    ///
    /// - Parameter timeoutSeconds: how long to wait for the fold to reach the head.
    package func viewsDigest(timeoutSeconds: Int = 60) async throws(QueryFault) -> ViewsDigest {
        let head = log.head
        guard await viewWaiters.wait(for: head, atMost: UInt64(timeoutSeconds) * 1_000_000_000) else {
            throw .minPositionTimeout(head, stands: projection.position)
        }
        do {
            checkpointNow()
            return try ViewsDigest(projection.views)
        } catch {
            throw QueryFault(error)
        }
    }
}
