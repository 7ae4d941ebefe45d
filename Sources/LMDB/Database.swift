internal import CLMDB

/// A table of an environment, opened once at start in a committed write transaction.
package struct Database: Hashable, Sendable {
    let handle: UInt32
}

/// How a table is opened.
package struct DatabaseFlags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Create it if it is not there.
    package static let create = DatabaseFlags(rawValue: UInt32(MDB_CREATE))
    /// Keys are 64-bit integers in native byte order.
    package static let integerKey = DatabaseFlags(rawValue: UInt32(MDB_INTEGERKEY))
}

/// How a value is put.
package struct PutFlags: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The key comes after all keys there are; otherwise the put fails with a key that exists.
    package static let append = PutFlags(rawValue: UInt32(MDB_APPEND))
    /// Fail if the key is there.
    package static let noOverwrite = PutFlags(rawValue: UInt32(MDB_NOOVERWRITE))
}

/// A key or value as LMDB wants it; the bytes stay where they are.
@inline(__always)
func lent(_ bytes: UnsafeRawBufferPointer) -> MDB_val {
    // LMDB only reads what is given to it as a key or a value to put.
    unsafe MDB_val(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
}

/// A key or value as LMDB gave it.
@inline(__always)
func borrowed(_ value: MDB_val) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
}
