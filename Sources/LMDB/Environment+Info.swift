internal import CLMDB

extension Environment {
    /// Sizes and readers as they are now.
    @available(*, noasync)
    package func info() throws(LMDBError) -> EnvironmentInfo {
        var info = unsafe MDB_envinfo()
        try check(unsafe mdb_env_info(handle, &info), "mdb_env_info")
        var statistics = MDB_stat()
        try check(unsafe mdb_env_stat(handle, &statistics), "mdb_env_stat")
        return unsafe EnvironmentInfo(
            mapSizeBytes: UInt64(info.me_mapsize),
            pageSizeBytes: UInt64(statistics.ms_psize),
            lastPage: UInt64(info.me_last_pgno),
            lastTransactionID: UInt64(info.me_last_txnid),
            readersMax: Int(info.me_maxreaders),
            readerSlotsUsed: Int(info.me_numreaders),
            oldestReaderTransactionID: oldestReader())
    }

    /// The last page in use: what `info` says, without the rest.
    @available(*, noasync)
    package func usedBytes(pageSizeBytes: UInt64) throws(LMDBError) -> UInt64 {
        var info = unsafe MDB_envinfo()
        try check(unsafe mdb_env_info(handle, &info), "mdb_env_info")
        return unsafe (UInt64(info.me_last_pgno) + 1) * pageSizeBytes
    }

    // LMDB gives its reader table only as text: lines of process, thread and transaction ("-" if none), in columns.
    private func oldestReader() -> UInt64? {
        var table = ""
        let collect: @convention(c) (UnsafePointer<CChar>?, UnsafeMutableRawPointer?) -> Int32 = { text, context in
            guard let text = unsafe text, let context = unsafe context else { return 0 }
            unsafe context.assumingMemoryBound(to: String.self).pointee += String(cString: text)
            return 0
        }
        _ = unsafe withUnsafeMutablePointer(to: &table) { unsafe mdb_reader_list(handle, collect, $0) }
        var oldest: UInt64?
        for line in table.split(separator: "\n").dropFirst() {
            guard let column = line.split(separator: " ").last, let transaction = UInt64(column) else { continue }
            oldest = min(oldest ?? transaction, transaction)
        }
        return oldest
    }
}
