internal import EventLog
internal import LMDB

/// The rows of an `LMDBViewStorage` at one position, in a read transaction lent from its pool.
///
/// `@unchecked Sendable`: usable from any thread but by one at a time, as the protocol says; `MDB_NOTLS` allows that.
final class LMDBViewSnapshot: ViewSnapshot, @unchecked Sendable {
    let position: Position
    private let store: StoreEnvironment
    private let rows: Database
    private var reader: Reader?

    init(store: StoreEnvironment, rows: Database, reader: Reader, position: Position) {
        self.store = store
        self.rows = rows
        self.reader = reader
        self.position = position
    }

    deinit {
        end()
    }

    func withValue<Result>(
        for key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(StoreError) -> Result? {
        guard let reader else { throw .snapshotEnded }
        guard !key.isEmpty, key.count <= ViewLimits.keySizeBytesMax else { return nil }
        do throws(LMDBError) {
            return try reader.transaction.withValue(for: key, in: rows, body)
        } catch {
            throw store.storeError(error, "reading a row")
        }
    }

    func scan(from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision) throws(StoreError) {
        guard let reader else { throw .snapshotEnded }
        do throws(LMDBError) {
            try reader.transaction.withCursor(rows) { (cursor) throws(LMDBError) in
                var item = try cursor.seek(key)
                while let row = item, body(RowReference(key: row.key, value: row.value)) == .proceed {
                    item = try cursor.next()
                }
            }
        } catch {
            throw store.storeError(error, "scanning the rows")
        }
    }

    func end() {
        guard let reader else { return }
        self.reader = nil
        store.giveBack(reader)
    }
}
