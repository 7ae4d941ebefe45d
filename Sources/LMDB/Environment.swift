internal import CLMDB
internal import Glibc

/// How an environment is opened.
package struct EnvironmentOptions: Hashable, Sendable {
    /// The size of the memory map, in bytes; the file never grows beyond it.
    package var mapSizeBytes: UInt64
    /// Reader slots: read transactions that can be open at once.
    package var readersMax: UInt32
    /// Named tables that can be opened; 0 for the unnamed one alone.
    package var databasesMax: UInt32
    /// Whether nothing is to be written to `data.mdb`: for a second process beside the one that writes.
    package var isReadOnly: Bool
    /// Whether nothing at all is written, no `lock.mdb` either: for a file that no process writes meanwhile.
    package var isAlone: Bool

    package init(
        mapSizeBytes: UInt64, readersMax: UInt32 = 126, databasesMax: UInt32 = 0, isReadOnly: Bool = false,
        isAlone: Bool = false
    ) {
        self.isAlone = isAlone
        self.mapSizeBytes = mapSizeBytes
        self.readersMax = readersMax
        self.databasesMax = databasesMax
        self.isReadOnly = isReadOnly
    }
}

/// What an environment says of itself.
package struct EnvironmentInfo: Hashable, Sendable {
    package var mapSizeBytes: UInt64
    package var pageSizeBytes: UInt64
    /// The number of the last page in use; pages count from 0.
    package var lastPage: UInt64
    package var lastTransactionID: UInt64
    package var readersMax: Int
    /// Slots ever taken, free again or not.
    package var readerSlotsUsed: Int
    /// The transaction the oldest live reader sees; nil if there is none.
    package var oldestReaderTransactionID: UInt64?

    /// The pages from the first to the last in use, in bytes.
    package var usedBytes: UInt64 { (lastPage + 1) * pageSizeBytes }
}

/// One open LMDB environment: a directory with `data.mdb` and `lock.mdb`.
///
/// Opened with the durable default flags and `MDB_NOTLS` alone, so that read transactions may move between threads;
/// there is no way to ask for weaker ones. Open a directory once in a process, and never use it after `fork`.
///
/// `@unchecked Sendable`: LMDB serialises its writers and its readers need no lock; `setMapSize` and `close` demand of
/// the caller that no transaction is open.
@safe
package final class Environment: @unchecked Sendable {
    let handle: OpaquePointer
    private var isClosed = false

    /// The environment flags there are; a test holds this.
    package static let flags = UInt32(MDB_NOTLS)

    /// The flags of an environment that is only read.
    package static let readOnlyFlags = flags | UInt32(MDB_RDONLY)

    /// The flags of an environment that is only read, and that nobody writes: without a lock.
    package static let aloneFlags = readOnlyFlags | UInt32(MDB_NOLOCK)

    /// Permissions of the files.
    package static let fileMode: UInt32 = 0o640

    @available(*, noasync)
    package init(path: String, options: EnvironmentOptions) throws(LMDBError) {
        var created: OpaquePointer?
        try check(unsafe mdb_env_create(&created), "mdb_env_create")
        guard let created = unsafe created else { throw LMDBError(code: ENOMEM, operation: "mdb_env_create") }
        let flags = options.isAlone ? Self.aloneFlags : options.isReadOnly ? Self.readOnlyFlags : Self.flags
        do throws(LMDBError) {
            try check(unsafe mdb_env_set_mapsize(created, Int(options.mapSizeBytes)), "mdb_env_set_mapsize")
            try check(unsafe mdb_env_set_maxreaders(created, options.readersMax), "mdb_env_set_maxreaders")
            try check(unsafe mdb_env_set_maxdbs(created, options.databasesMax), "mdb_env_set_maxdbs")
            try check(unsafe mdb_env_open(created, path, flags, mode_t(Self.fileMode)), "mdb_env_open")
        } catch {
            unsafe mdb_env_close(created)
            throw error
        }
        unsafe handle = created
    }

    deinit {
        close()
    }

    /// Closes the environment; no transaction may be open, and nothing may be called afterwards.
    @available(*, noasync)
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        unsafe mdb_env_close(handle)
    }

    /// Makes the map larger. No transaction may be open in this process: LMDB does not check that.
    @available(*, noasync)
    package func setMapSize(bytes: UInt64) throws(LMDBError) {
        try check(unsafe mdb_env_set_mapsize(handle, Int(bytes)), "mdb_env_set_mapsize")
    }

    /// Frees the slots of readers whose process has died.
    ///
    /// - Returns: the number of slots freed.
    @discardableResult
    @available(*, noasync)
    package func checkReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        try check(unsafe mdb_reader_check(handle, &dead), "mdb_reader_check")
        return Int(dead)
    }

    /// The size of `data.mdb`, in bytes.
    @available(*, noasync)
    package func fileSizeBytes() throws(LMDBError) -> UInt64 {
        var status = stat()
        guard unsafe fstat(try fileDescriptor(), &status) == 0 else {
            throw LMDBError(code: errno, operation: "fstat")
        }
        return UInt64(status.st_size)
    }

    /// Lengthens `data.mdb` by zeros to `bytes` if it is shorter; never while a write transaction is open.
    @available(*, noasync)
    package func extendFile(toBytes bytes: UInt64) throws(LMDBError) {
        guard try fileSizeBytes() < bytes else { return }
        guard ftruncate(try fileDescriptor(), off_t(bytes)) == 0 else {
            throw LMDBError(code: errno, operation: "ftruncate")
        }
    }

    /// Takes disk space for the file up to `bytes`, so that a full disk shows here and not in a commit, where LMDB
    /// reports a short write as EIO. Bytes already written stay. Only between write transactions.
    @available(*, noasync)
    package func reserveFile(toBytes bytes: UInt64) throws(LMDBError) {
        let present = try fileSizeBytes()
        guard present < bytes else { return }
        let descriptor = try fileDescriptor()
        while true {
            let code = posix_fallocate(descriptor, off_t(present), off_t(bytes - present))
            if code == 0 { return }
            if code != EINTR { throw LMDBError(code: code, operation: "posix_fallocate") }
        }
    }

    // LMDB's own descriptor: opening the file again and closing it would drop LMDB's locks.
    private func fileDescriptor() throws(LMDBError) -> Int32 {
        var descriptor: mdb_filehandle_t = -1
        try check(unsafe mdb_env_get_fd(handle, &descriptor), "mdb_env_get_fd")
        return descriptor
    }
}
