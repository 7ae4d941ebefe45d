internal import CLMDB
internal import Glibc

/// A code LMDB or the operating system returned, and the call that returned it.
package struct LMDBError: Error, Hashable, Sendable {
    /// An `MDB_…` code (negative) or an `errno` (positive).
    package let code: Int32

    /// The call, as C names it.
    package let operation: String

    package init(code: Int32, operation: StaticString) {
        self.code = code
        self.operation = operation.description
    }

    /// The code of a full map.
    package static var mapFullCode: Int32 { MDB_MAP_FULL }

    /// The code of a table that is not of the expected kind.
    package static var incompatibleCode: Int32 { MDB_INCOMPATIBLE }

    /// The map is full: from a put, or from a commit for the pages of the free list.
    package var isMapFull: Bool { code == MDB_MAP_FULL }

    /// The file system is full, or the user's quota is.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    /// No reader slot is free.
    package var isReadersFull: Bool { code == MDB_READERS_FULL }

    /// The key is there already; with `PutFlags.append`: the key does not come after the last one.
    package var isKeyExists: Bool { code == MDB_KEYEXIST }

    /// There is no such table, or no such key.
    package var isNotFound: Bool { code == MDB_NOTFOUND }

    /// The file is none of LMDB's, of another version of it, or structurally damaged.
    package var isUnusableFile: Bool {
        [MDB_INVALID, MDB_VERSION_MISMATCH, MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_INCOMPATIBLE].contains(code)
    }
}

extension LMDBError: CustomStringConvertible {
    package var description: String {
        "\(operation): \(explanation) (\(code))"
    }

    private var explanation: String {
        switch code {
        case MDB_KEYEXIST: "the key exists already, or does not come after the last one"
        case MDB_NOTFOUND: "there is no such key"
        case MDB_PAGE_NOTFOUND: "a page the tree refers to is not there; the file is damaged"
        case MDB_CORRUPTED: "a page is of the wrong kind; the file is damaged"
        case MDB_PANIC: "an earlier write of the meta page failed; the environment must be reopened"
        case MDB_VERSION_MISMATCH: "the file is of another version of LMDB"
        case MDB_INVALID: "the file is none of LMDB's"
        case MDB_MAP_FULL: "the memory map is full"
        case MDB_DBS_FULL: "more tables are opened than were announced"
        case MDB_READERS_FULL: "no reader slot is free"
        case MDB_TXN_FULL: "the transaction has too many changed pages"
        case MDB_CURSOR_FULL: "the tree is deeper than a cursor can follow; the file is damaged"
        case MDB_PAGE_FULL: "a page has no room for its own contents; the file is damaged"
        case MDB_MAP_RESIZED: "another process has made the map larger"
        case MDB_INCOMPATIBLE: "the table is not of the expected kind"
        case MDB_BAD_RSLOT: "the reader slot is used by another transaction"
        case MDB_BAD_TXN: "the transaction has failed before and can only be aborted"
        case MDB_BAD_VALSIZE: "the key or value is empty or too long"
        case MDB_BAD_DBI: "the table was changed under its handle"
        default: systemExplanation
        }
    }

    private var systemExplanation: String {
        guard let text = unsafe mdb_strerror(code) else { return "unknown error" }
        return unsafe String(cString: text)
    }
}

/// Throws unless LMDB reported success.
@inline(__always)
func check(_ code: Int32, _ operation: StaticString) throws(LMDBError) {
    guard code == MDB_SUCCESS else { throw LMDBError(code: code, operation: operation) }
}
