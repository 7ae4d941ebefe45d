internal import LMDB
internal import Synchronization

/// One LMDB environment as the store uses it: pooled readers, a map that grows, and fail-stop.
///
/// Legal states: healthy; *full* (a write threw `.outOfSpace`; reads work, later writes may succeed) and *poisoned* (a
/// commit failed otherwise, so what is on disk is unknown; reads work, every later write fails at once). The operating
/// system may have marked the pages of a failed sync clean, so that a retry would succeed without having written them.
final class StoreEnvironment: Sendable {
    /// For messages: the directory in which it serves, or is to serve.
    let path: String
    let environment: Environment
    private let readers: ReaderPool
    private let readersMax: Int
    private let pageSizeBytes: UInt64
    private let mapSizeBytesMax: UInt64
    private let poison = Mutex<String?>(nil)
    private let syncNanoseconds = Atomic<UInt64>(0)

    /// Pages of the trees' upper levels and the free list that a transaction writes besides what it puts: 256 KiB.
    private static let overheadSizeBytes: UInt64 = 256 << 10

    /// Disk space reserved ahead at most: 64 MiB.
    private static let reservationStepBytesMax: UInt64 = 64 << 20

    /// How long growing waits for open snapshots: 2 s.
    static let growthWaitNanoseconds: UInt64 = 2_000_000_000

    private let isReadOnly: Bool

    /// - Parameters:
    ///   - place: the directory that messages name; nil: `path`.
    ///   - isReadOnly: for a second process beside the one that writes.
    ///   - isAlone: read only where nobody writes: the directory stays as it is.
    init(
        path: String, place: String? = nil, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64, readersMax: Int, tables: Int,
        isReadOnly: Bool = false, isAlone: Bool = false
    ) throws(LMDBError) {
        self.path = place ?? path
        self.isReadOnly = isReadOnly || isAlone
        self.readersMax = readersMax
        self.mapSizeBytesMax = mapSizeBytesMax
        let options = EnvironmentOptions(
            mapSizeBytes: mapSizeBytes, readersMax: UInt32(readersMax), databasesMax: UInt32(tables),
            isReadOnly: isReadOnly, isAlone: isAlone)
        environment = try Environment(path: path, options: options)
        if !isAlone { try environment.checkReaders() }
        pageSizeBytes = try environment.info().pageSizeBytes
        readers = ReaderPool(environment: environment)
    }

    /// Opens what nobody writes meanwhile to read it alone: its directory stays as it is.
    convenience init(alone path: String, tables: Int) throws(LMDBError) {
        try self.init(
            path: path, mapSizeBytes: Self.aloneMapSizeBytes, mapSizeBytesMax: Self.aloneMapSizeBytes, readersMax: 126,
            tables: tables, isAlone: true)
    }

    /// The map of what is read alone: LMDB makes it as large as the file says that it is.
    private static let aloneMapSizeBytes: UInt64 = 1 << 20

    /// Runs `body` with a snapshot of its own.
    func read<Result>(
        _ operation: String, _ body: (borrowing ReadTransaction) throws(LMDBError) -> Result
    ) throws(StoreError) -> Result {
        let reader = try takeReader(operation)
        defer { giveBack(reader) }
        do throws(LMDBError) {
            return try body(reader.transaction)
        } catch {
            throw storeError(error, operation)
        }
    }

    /// A snapshot to hold; give it back soon.
    func takeReader(_ operation: String) throws(StoreError) -> Reader {
        do throws(LMDBError) {
            return try readers.take()
        } catch {
            throw storeError(error, operation)
        }
    }

    /// Ends a held snapshot.
    func giveBack(_ reader: Reader) {
        readers.giveBack(reader)
    }

    /// Runs `body` in a durable write transaction; again from its beginning, after the map has grown, if that was full.
    ///
    /// - Parameter sizeBytes: an upper bound of what it writes, for which disk space is reserved beforehand.
    func write<Result>(
        _ operation: String, sizeBytes: Int, _ body: (borrowing WriteTransaction) throws(LMDBError) -> Result
    ) throws(StoreError) -> Result {
        guard !isReadOnly else { throw .invalidRequest("\(path) is open for reading only") }
        if let cause = poison.withLock({ $0 }) { throw .fatal(operation: operation, cause: cause) }
        try reserveSpace(sizeBytes)
        while true {
            do throws(LMDBError) {
                var filled: UInt64 = 0
                let result = try environment.withWriteTransaction { (transaction) throws(LMDBError) in
                    let result = try body(transaction)
                    filled = monotonicNanoseconds()
                    return result
                }
                syncNanoseconds.store(monotonicNanoseconds() - filled, ordering: .relaxed)
                lengthenFile()
                return result
            } catch {
                if error.isMapFull {
                    try growAfterMapFull()
                } else if error.isDiskFull {
                    throw .outOfSpace(.disk, place: path)
                } else {
                    let cause = error.description
                    poison.withLock { $0 = cause }
                    throw .fatal(operation: operation, cause: cause)
                }
            }
        }
    }

    /// How long the last durable write took from its filled pages to the disk's word that it has them, in nanoseconds.
    var lastSyncNanoseconds: UInt64 { syncNanoseconds.load(ordering: .relaxed) }

    /// What a small write may take, in bytes: beyond it there is room again.
    private static let roomSizeBytes = 1 << 20

    /// Whether a small write would find room.
    ///
    /// - Throws: `.outOfSpace` if not.
    func checkRoom() throws(StoreError) {
        let needed = try usage().usedBytes + UInt64(Self.roomSizeBytes)
        guard needed <= mapSizeBytesMax else { throw .outOfSpace(.map, place: path) }
        try reserveSpace(Self.roomSizeBytes)
    }

    /// Makes the map at least this large.
    func grow(mapSizeBytes: UInt64) throws(StoreError) {
        do throws(LMDBError) {
            let hasGrown = try readers.exclusively(waitingNanoseconds: Self.growthWaitNanoseconds) {
                () throws(LMDBError) in
                guard try environment.info().mapSizeBytes < mapSizeBytes else { return }
                try environment.setMapSize(bytes: mapSizeBytes)
            }
            guard hasGrown else { throw LMDBError(code: LMDBError.mapFullCode, operation: "mdb_env_set_mapsize") }
        } catch {
            throw error.isMapFull ? .outOfSpace(.map, place: path) : storeError(error, "growing the map")
        }
    }

    /// Sizes and readers.
    ///
    /// - Parameter own: a reader that is not counted, since the next commit replaces it: it keeps no page for long.
    func usage(besides own: Reader? = nil) throws(StoreError) -> StorageUsage {
        guard !readers.isClosedForGood else {
            throw .storage(operation: "asking for the sizes of \(path)", cause: "it is closed")
        }
        do throws(LMDBError) {
            let info = try environment.info()
            let ages = readers.ages(besides: own)
            return StorageUsage(
                mapSizeBytes: info.mapSizeBytes, usedBytes: info.usedBytes,
                fileSizeBytes: try environment.fileSizeBytes(), readersMax: readersMax, readers: ages.count,
                oldestReaderAgeNanoseconds: ages.oldestNanoseconds)
        } catch {
            throw storeError(error, "asking for the sizes")
        }
    }

    /// Closes the environment, or leaves it open if a snapshot is still held: the process ends soon either way.
    @discardableResult
    func close() -> Bool {
        readers.shut()
        return readers.exclusively(waitingNanoseconds: Self.growthWaitNanoseconds) { environment.close() }
    }

    // LMDB takes a short write for EIO, after which we would have to stop; so the space is found beforehand. In steps of
    // a quarter of what is there, so that it is rarely asked for, or of just what is needed if the disk has no more.
    private func reserveSpace(_ sizeBytes: Int) throws(StoreError) {
        do throws(LMDBError) {
            let used = try environment.usedBytes(pageSizeBytes: pageSizeBytes)
            let needed = used + UInt64(sizeBytes) + Self.overheadSizeBytes
            guard try environment.fileSizeBytes() < needed else { return }
            let step = min(used / 4, Self.reservationStepBytesMax)
            do throws(LMDBError) {
                try environment.reserveFile(toBytes: needed + step)
            } catch {
                guard error.isDiskFull else { throw error }
                try environment.reserveFile(toBytes: needed)
            }
        } catch {
            throw error.isDiskFull ? .outOfSpace(.disk, place: path) : storeError(error, "reserving disk space")
        }
    }

    // A commit may leave out unused pages at the end of the file, and a file shorter than its last page is what a cut
    // off one looks like at the next start. So the file is lengthened, sparsely, to what it says it holds. The commit is
    // durable before that: a failure here must not make it look as if it were not.
    private func lengthenFile() {
        try? environment.extendFile(toBytes: environment.usedBytes(pageSizeBytes: pageSizeBytes))
    }

    private func growAfterMapFull() throws(StoreError) {
        let present = try usage().mapSizeBytes
        let wanted = min(present * 2, mapSizeBytesMax)
        guard wanted > present else { throw .outOfSpace(.map, place: path) }
        try grow(mapSizeBytes: wanted)
    }

    func storeError(_ error: LMDBError, _ operation: String) -> StoreError {
        error.isReadersFull
            ? .tooManyReaders(maximum: readersMax)
            : .storage(operation: "\(operation) in \(path)", cause: error.description)
    }
}
