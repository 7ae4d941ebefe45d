package import EventLog
internal import LMDB
internal import Synchronization

/// The log in an LMDB environment of its own: the unnamed table alone, 64-bit integer keys, nothing ever deleted.
///
/// Invariants: (1) the keys are exactly 1 … head; (2) each value is a sealed record; (3) `head` never runs ahead of what
/// is durable.
package final class LMDBLogStorage: LogStorage {
    let store: StoreEnvironment
    private let database: Database
    private let highest: Atomic<UInt64>

    /// Opens the log in an existing directory, or begins an empty one in an empty directory.
    package init(
        path: String, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64, readersMax: Int = 126
    ) throws(StoreError) {
        do throws(LMDBError) {
            let store = try StoreEnvironment(
                path: path, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytesMax, readersMax: readersMax,
                tables: 0)
            let opened = try store.environment.withWriteTransaction {
                (transaction) throws(LMDBError) -> (Database, UInt64) in
                let database = try transaction.openDatabase(nil, .integerKey)
                return (database, try Self.lastKey(transaction, database))
            }
            self.store = store
            database = opened.0
            highest = Atomic(opened.1)
        } catch {
            throw .storage(operation: "opening the log in \(path)", cause: error.description)
        }
    }

    /// Opens a log to read it, in a process beside the one that appends or with none; nothing of it is written but the
    /// reader's slot in `lock.mdb`. `head` is that of the opening.
    ///
    /// LMDB must not be given a file that was cut off: look at it before (`LedgerSource`).
    /// - Parameter isAlone: nobody appends meanwhile, and not even `lock.mdb` is written.
    package init(readOnly path: String, isAlone: Bool = false) throws(StoreError) {
        do throws(LMDBError) {
            let store =
                isAlone
                ? try StoreEnvironment(alone: path, tables: 0)
                : try StoreEnvironment(
                    path: path, mapSizeBytes: Self.readOnlyMapBytes, mapSizeBytesMax: Self.readOnlyMapBytes,
                    readersMax: Self.readOnlyReaders, tables: 0, isReadOnly: true)
            let opened = try store.environment.withReadTransaction {
                (transaction) throws(LMDBError) -> (Database, UInt64) in
                let database = try transaction.openDatabase(nil)
                let count = try transaction.count(database)
                let last = try transaction.withCursor(database) { (cursor) throws(LMDBError) in
                    try Self.lastKey(cursor, count: count)
                }
                return (database, last)
            }
            self.store = store
            database = opened.0
            highest = Atomic(opened.1)
        } catch {
            throw isAlone && error.isUnusableFile
                ? .refused(path: path, .logUnreadable(reason: error.description))
                : .storage(operation: "opening the log in \(path)", cause: error.description)
        }
    }

    /// The map of a log that is only read: larger than any log becomes while it is open. Address space only.
    private static let readOnlyMapBytes: UInt64 = 1 << 42
    /// As many slots as a daemon asks for: the first process that opens an environment sets their number for all.
    private static let readOnlyReaders = 510

    // Node header, key and page pointer of a record.
    private static let nodeOverheadBytes = 32

    package var head: Position {
        Position(highest.load(ordering: .acquiring))
    }

    package func append(_ batch: RecordBatch) throws(StoreError) {
        guard !batch.isEmpty else { return }
        let head = self.head
        guard batch.first == head.next else { throw .notDense(head: head, first: batch.first) }
        // A record fills at least half of the pages it takes, in a leaf as in overflow pages.
        let sizeBytes = 2 * (batch.byteCount + batch.count * Self.nodeOverheadBytes)
        try store.write("appending to the log", sizeBytes: sizeBytes) { (transaction) throws(LMDBError) in
            try transaction.withCursor(database) { (cursor) throws(LMDBError) in
                var key = batch.first.rawValue
                for index in 0..<batch.count {
                    try withBytes(of: &key) { (keyBytes) throws(LMDBError) in
                        try cursor.put(batch[index].bytes, for: keyBytes, .append)
                    }
                    key += 1
                }
            }
        }
        highest.store(batch.last.rawValue, ordering: .releasing)
    }

    /// Writes a copy of the log as it is at one moment to a pipe, while others append: the bytes of a `data.mdb`.
    ///
    /// Ends with an error, and without a signal, if the pipe's reader goes away.
    package func copy(toDescriptor descriptor: Int32) throws(StoreError) {
        do throws(LMDBError) {
            try store.environment.copy(toDescriptor: descriptor)
        } catch {
            throw store.storeError(error, "copying the log")
        }
    }

    package var lastSyncNanoseconds: UInt64 { store.lastSyncNanoseconds }

    package func checkRoom() throws(StoreError) {
        try store.checkRoom()
    }

    @discardableResult
    package func read(
        from first: Position, limit: Int, _ body: (Position, RecordView) -> ScanDecision
    ) throws(StoreError) -> Int {
        let start = max(first, .first)
        guard start <= head, limit > 0 else { return 0 }
        var lent = 0
        var failure: StoreError?
        try store.read("reading the log") { (transaction) throws(LMDBError) in
            try transaction.withCursor(database) { (cursor) throws(LMDBError) in
                var key = start.rawValue
                var item = try withBytes(of: &key) { (keyBytes) throws(LMDBError) in try cursor.seek(keyBytes) }
                while let found = item {
                    let expected = start.advanced(by: lent)
                    LogReadAhead.ask(after: found.value)
                    do throws(StoreError) {
                        let record = try Self.validate(found, expected: expected)
                        lent += 1
                        guard body(expected, record) == .proceed, lent < limit else { return }
                    } catch {
                        failure = error
                        return
                    }
                    item = try cursor.next()
                }
                if lent == 0 { failure = .missingRecord(start) }
            }
        }
        if let failure { throw failure }
        return lent
    }

    package func withRecord<Result>(
        at position: Position, _ body: (RecordView) -> Result
    ) throws(StoreError) -> Result? {
        guard position > .beforeFirst, position <= head else { return nil }
        var key = position.rawValue
        let outcome = try store.read("reading the log") {
            (transaction) throws(LMDBError) -> Swift.Result<Result, RecordFault>? in
            try withBytes(of: &key) { (keyBytes) throws(LMDBError) in
                try transaction.withValue(for: keyBytes, in: database) { value in
                    do throws(RecordFault) {
                        return .success(body(try RecordView(validating: value)))
                    } catch {
                        return .failure(error)
                    }
                }
            }
        }
        switch outcome {
        case .success(let result): return result
        case .failure(let fault): throw .corruptRecord(position, reason: fault)
        case nil: throw .missingRecord(position)
        }
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try store.usage()
    }

    package func grow(mapSizeBytes: UInt64) throws(StoreError) {
        try store.grow(mapSizeBytes: mapSizeBytes)
    }

    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still open, which leaves the environment open.
    @discardableResult
    package func close() -> Bool {
        store.close()
    }

    private static func validate(_ item: Cursor.Item, expected: Position) throws(StoreError) -> RecordView {
        guard item.key.count == MemoryLayout<UInt64>.size,
            item.key.loadUnaligned(as: UInt64.self) == expected.rawValue
        else { throw .missingRecord(expected) }
        do throws(RecordFault) {
            return try RecordView(validating: item.value)
        } catch {
            throw .corruptRecord(expected, reason: error)
        }
    }

    // The highest key, which is the number of records too unless this is another program's file.
    private static func lastKey(
        _ transaction: borrowing WriteTransaction, _ database: Database
    ) throws(LMDBError) -> UInt64 {
        let count = try transaction.count(database)
        return try transaction.withCursor(database) { (cursor) throws(LMDBError) in
            try lastKey(cursor, count: count)
        }
    }

    private static func lastKey(_ cursor: borrowing Cursor, count: Int) throws(LMDBError) -> UInt64 {
        let item = try cursor.last()
        let last: UInt64? =
            if let key = item?.key {
                key.count == MemoryLayout<UInt64>.size ? key.loadUnaligned(as: UInt64.self) : nil
            } else {
                0
            }
        guard let last, last == UInt64(count) else {
            throw LMDBError(code: LMDBError.incompatibleCode, operation: "looking for dense keys")
        }
        return last
    }
}

/// Lends the bytes of a key; a function of our own, since the standard one does not pass a typed error on here.
func withBytes<Key, Result, Failure: Error>(
    of key: inout Key, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
) throws(Failure) -> Result {
    try withUnsafeBytes(of: &key) { (bytes) throws(Failure) in try body(bytes) }
}
