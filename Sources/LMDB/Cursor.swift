internal import CLMDB
internal import Glibc

/// A place in a table, lent by `withCursor`.
///
/// The pointers it gives are valid until the transaction ends, in a write transaction until the next write.
@safe
package struct Cursor: ~Copyable {
    private let handle: OpaquePointer

    /// A key and its value, where they lie.
    @unsafe
    package struct Item {
        package let key: UnsafeRawBufferPointer
        package let value: UnsafeRawBufferPointer
    }

    init(openIn transaction: OpaquePointer, _ database: Database) throws(LMDBError) {
        var opened: OpaquePointer?
        try check(unsafe mdb_cursor_open(transaction, database.handle, &opened), "mdb_cursor_open")
        guard let opened = unsafe opened else { throw LMDBError(code: ENOMEM, operation: "mdb_cursor_open") }
        unsafe handle = opened
    }

    deinit {
        unsafe mdb_cursor_close(handle)
    }

    /// Goes to the first key; nil if the table is empty.
    @available(*, noasync)
    package borrowing func first() throws(LMDBError) -> Item? {
        unsafe try move(MDB_FIRST, to: MDB_val())
    }

    /// Goes to the last key; nil if the table is empty.
    @available(*, noasync)
    package borrowing func last() throws(LMDBError) -> Item? {
        unsafe try move(MDB_LAST, to: MDB_val())
    }

    /// Goes to the next key; nil at the end.
    @available(*, noasync)
    package borrowing func next() throws(LMDBError) -> Item? {
        unsafe try move(MDB_NEXT, to: MDB_val())
    }

    /// Goes to the first key that is not less than `key`; nil if there is none.
    @available(*, noasync)
    package borrowing func seek(_ key: UnsafeRawBufferPointer) throws(LMDBError) -> Item? {
        // LMDB knows no empty key; it would come before all others.
        guard unsafe !key.isEmpty else { return unsafe try first() }
        return unsafe try move(MDB_SET_RANGE, to: lent(key))
    }

    /// Stores a value and stays at its key. Only with a cursor of a write transaction.
    @available(*, noasync)
    package borrowing func put(
        _ value: UnsafeRawBufferPointer, for key: UnsafeRawBufferPointer, _ flags: PutFlags = []
    ) throws(LMDBError) {
        var keyValue = unsafe lent(key)
        var dataValue = unsafe lent(value)
        try check(unsafe mdb_cursor_put(handle, &keyValue, &dataValue, flags.rawValue), "mdb_cursor_put")
    }

    private borrowing func move(_ operation: MDB_cursor_op, to key: MDB_val) throws(LMDBError) -> Item? {
        var keyValue = unsafe key
        var dataValue = unsafe MDB_val()
        let code = unsafe mdb_cursor_get(handle, &keyValue, &dataValue, operation)
        if code == MDB_NOTFOUND { return nil }
        try check(code, "mdb_cursor_get")
        return unsafe Item(key: borrowed(keyValue), value: borrowed(dataValue))
    }
}
