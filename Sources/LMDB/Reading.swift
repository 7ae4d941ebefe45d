internal import CLMDB

/// What read and write transactions have in common: looking.
extension WriteTransaction {
    /// Lends the value under `key` until `body` returns; nil if there is none.
    @available(*, noasync)
    package borrowing func withValue<Result>(
        for key: UnsafeRawBufferPointer, in database: Database, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(LMDBError) -> Result? {
        guard let value = unsafe try lookUp(handle, database, key) else { return nil }
        return unsafe body(value)
    }

    /// The number of keys in a table.
    @available(*, noasync)
    package borrowing func count(_ database: Database) throws(LMDBError) -> Int {
        unsafe try countKeys(handle, database)
    }

    /// Lends a cursor until `body` returns.
    @available(*, noasync)
    package borrowing func withCursor<Result>(
        _ database: Database, _ body: (borrowing Cursor) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let cursor = unsafe try Cursor(openIn: handle, database)
        return try body(cursor)
    }
}

extension ReadTransaction {
    /// Lends the value under `key` until `body` returns; nil if there is none.
    @available(*, noasync)
    package borrowing func withValue<Result>(
        for key: UnsafeRawBufferPointer, in database: Database, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(LMDBError) -> Result? {
        guard let value = unsafe try lookUp(handle, database, key) else { return nil }
        return unsafe body(value)
    }

    /// The value under `key`, in the map: valid until this transaction is reset or ended, which the caller answers for.
    @unsafe
    @available(*, noasync)
    package borrowing func unsafeValue(
        for key: UnsafeRawBufferPointer, in database: Database
    ) throws(LMDBError) -> UnsafeRawBufferPointer? {
        unsafe try lookUp(handle, database, key)
    }

    /// The number of keys in a table.
    @available(*, noasync)
    package borrowing func count(_ database: Database) throws(LMDBError) -> Int {
        unsafe try countKeys(handle, database)
    }

    /// Lends a cursor until `body` returns.
    @available(*, noasync)
    package borrowing func withCursor<Result>(
        _ database: Database, _ body: (borrowing Cursor) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let cursor = unsafe try Cursor(openIn: handle, database)
        return try body(cursor)
    }
}

@unsafe
private func lookUp(
    _ transaction: OpaquePointer, _ database: Database, _ key: UnsafeRawBufferPointer
) throws(LMDBError) -> UnsafeRawBufferPointer? {
    var keyValue = unsafe lent(key)
    var dataValue = unsafe MDB_val()
    let code = unsafe mdb_get(transaction, database.handle, &keyValue, &dataValue)
    if code == MDB_NOTFOUND { return nil }
    try check(code, "mdb_get")
    return unsafe borrowed(dataValue)
}

@unsafe
private func countKeys(_ transaction: OpaquePointer, _ database: Database) throws(LMDBError) -> Int {
    var statistics = MDB_stat()
    try check(unsafe mdb_stat(transaction, database.handle, &statistics), "mdb_stat")
    return Int(statistics.ms_entries)
}
