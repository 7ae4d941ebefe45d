internal import CLMDB
internal import Glibc

extension Environment {
    /// Writes a copy of the environment to a pipe or file, as it is at one moment, while others write on: the bytes of
    /// a `data.mdb` without unused pages.
    ///
    /// It is one snapshot of its own from beginning to end, which keeps pages that are freed meanwhile; a log frees few.
    /// Neither syncs nor closes the descriptor. If a pipe's reader goes away it ends with EPIPE, without a signal.
    @available(*, noasync)
    package func copy(toDescriptor descriptor: Int32) throws(LMDBError) {
        try check(unsafe mdb_env_copyfd2(handle, descriptor, UInt32(MDB_CP_COMPACT)), "mdb_env_copyfd2")
    }
}
