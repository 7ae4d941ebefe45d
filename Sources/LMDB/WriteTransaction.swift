internal import CLMDB
internal import Glibc

/// The one write transaction of an environment; begun and ended on one thread by `withWriteTransaction`.
@safe
package struct WriteTransaction: ~Copyable {
    // Nothing but the pointer: `discard self` accepts no more.
    let handle: OpaquePointer

    fileprivate init(beginIn environment: Environment) throws(LMDBError) {
        var begun: OpaquePointer?
        try check(unsafe mdb_txn_begin(environment.handle, nil, 0, &begun), "mdb_txn_begin")
        guard let begun = unsafe begun else { throw LMDBError(code: ENOMEM, operation: "mdb_txn_begin") }
        unsafe handle = begun
    }

    deinit {
        unsafe mdb_txn_abort(handle)
    }

    @available(*, noasync)
    fileprivate consuming func commit() throws(LMDBError) {
        let code = unsafe mdb_txn_commit(handle)
        // A failed commit has freed the transaction too: aborting it again would be a use after free.
        discard self
        try check(code, "mdb_txn_commit")
    }

    /// Opens a table, the unnamed one for nil. Use the handle only after this transaction was committed, or within it.
    @available(*, noasync)
    package borrowing func openDatabase(_ name: String?, _ flags: DatabaseFlags) throws(LMDBError) -> Database {
        var database: MDB_dbi = 0
        let code =
            if let name { unsafe mdb_dbi_open(handle, name, flags.rawValue, &database) } else {
                unsafe mdb_dbi_open(handle, nil, flags.rawValue, &database)
            }
        try check(code, "mdb_dbi_open")
        return Database(handle: database)
    }

    /// Stores a value.
    @available(*, noasync)
    package borrowing func put(
        _ value: UnsafeRawBufferPointer, for key: UnsafeRawBufferPointer, in database: Database,
        _ flags: PutFlags = []
    ) throws(LMDBError) {
        var keyValue = unsafe lent(key)
        var dataValue = unsafe lent(value)
        try check(unsafe mdb_put(handle, database.handle, &keyValue, &dataValue, flags.rawValue), "mdb_put")
    }

    /// Makes room for a value of `sizeBytes` and lets `fill` write it into the page: one copy fewer.
    ///
    /// `fill` must write every byte; the memory may hold anything before.
    @available(*, noasync)
    package borrowing func put(
        reserving sizeBytes: Int, for key: UnsafeRawBufferPointer, in database: Database, _ flags: PutFlags = [],
        _ fill: (UnsafeMutableRawBufferPointer) -> Void
    ) throws(LMDBError) {
        var keyValue = unsafe lent(key)
        var dataValue = unsafe MDB_val(mv_size: sizeBytes, mv_data: nil)
        let allFlags = flags.rawValue | UInt32(MDB_RESERVE)
        try check(unsafe mdb_put(handle, database.handle, &keyValue, &dataValue, allFlags), "mdb_put")
        unsafe fill(UnsafeMutableRawBufferPointer(start: dataValue.mv_data, count: sizeBytes))
    }

    /// Deletes a key.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    @available(*, noasync)
    package borrowing func delete(_ key: UnsafeRawBufferPointer, in database: Database) throws(LMDBError) -> Bool {
        var keyValue = unsafe lent(key)
        let code = unsafe mdb_del(handle, database.handle, &keyValue, nil)
        if code == MDB_NOTFOUND { return false }
        try check(code, "mdb_del")
        return true
    }

    /// Deletes all keys of a table.
    @available(*, noasync)
    package borrowing func clear(_ database: Database) throws(LMDBError) {
        try check(unsafe mdb_drop(handle, database.handle, 0), "mdb_drop")
    }
}

extension Environment {
    /// Runs `body` in a write transaction and commits it durably; aborts it if `body` throws.
    ///
    /// Waits for a running one to end. Everything happens on the calling thread, which must not have another one open.
    @available(*, noasync)
    package func withWriteTransaction<Result>(
        _ body: (borrowing WriteTransaction) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let transaction = try WriteTransaction(beginIn: self)
        let result = try body(transaction)
        try transaction.commit()
        return result
    }
}
