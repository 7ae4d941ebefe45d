internal import CLMDB
internal import Glibc

/// A snapshot of an environment. May move between threads, but is used by one at a time.
///
/// While it is open, the pages it sees are not reused: keep it short, or `reset()` it when it rests.
@safe
package struct ReadTransaction: ~Copyable {
    let handle: OpaquePointer

    @available(*, noasync)
    package init(beginIn environment: Environment) throws(LMDBError) {
        var begun: OpaquePointer?
        try check(
            unsafe mdb_txn_begin(environment.handle, nil, UInt32(MDB_RDONLY), &begun), "mdb_txn_begin")
        guard let begun = unsafe begun else { throw LMDBError(code: ENOMEM, operation: "mdb_txn_begin") }
        unsafe handle = begun
    }

    deinit {
        unsafe mdb_txn_abort(handle)
    }

    /// Opens a table that is there, the unnamed one for nil; what kind of keys it has is in the file. For an environment
    /// that is only read: others open their tables in a write transaction.
    @available(*, noasync)
    package borrowing func openDatabase(_ name: String?) throws(LMDBError) -> Database {
        var database: MDB_dbi = 0
        let code =
            if let name { unsafe mdb_dbi_open(handle, name, 0, &database) } else {
                unsafe mdb_dbi_open(handle, nil, 0, &database)
            }
        try check(code, "mdb_dbi_open")
        return Database(handle: database)
    }

    /// Lets the snapshot go but keeps its reader slot, for `renew()`.
    @available(*, noasync)
    package borrowing func reset() {
        unsafe mdb_txn_reset(handle)
    }

    /// Takes a new snapshot after `reset()`.
    @available(*, noasync)
    package borrowing func renew() throws(LMDBError) {
        try check(unsafe mdb_txn_renew(handle), "mdb_txn_renew")
    }

    /// The write transaction whose result this sees.
    package borrowing func transactionID() -> UInt64 {
        UInt64(unsafe mdb_txn_id(handle))
    }
}

extension Environment {
    /// Runs `body` in a read transaction of its own.
    @available(*, noasync)
    package func withReadTransaction<Result>(
        _ body: (borrowing ReadTransaction) throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        let transaction = try ReadTransaction(beginIn: self)
        return try body(transaction)
    }

    /// Opens tables of an environment that is only read, the unnamed one for nil. Once, before all else.
    ///
    /// - Throws: if one is not there.
    @available(*, noasync)
    package func openDatabasesForReading(
        _ tables: [(name: String?, flags: DatabaseFlags)]
    ) throws(LMDBError) -> [Database] {
        var begun: OpaquePointer?
        try check(unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &begun), "mdb_txn_begin")
        var databases: [Database] = []
        for (name, flags) in tables {
            var database: MDB_dbi = 0
            let code =
                if let name { unsafe mdb_dbi_open(begun, name, flags.rawValue, &database) } else {
                    unsafe mdb_dbi_open(begun, nil, flags.rawValue, &database)
                }
            guard code == MDB_SUCCESS else {
                unsafe mdb_txn_abort(begun)
                throw LMDBError(code: code, operation: "mdb_dbi_open")
            }
            databases.append(Database(handle: database))
        }
        // The handles outlive the transaction only if it is committed.
        try check(unsafe mdb_txn_commit(begun), "mdb_txn_commit")
        return databases
    }
}
