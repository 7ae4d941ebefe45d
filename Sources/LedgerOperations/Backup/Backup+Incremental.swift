import EventLog
import LedgerEngine
import LedgerStore

extension Backup {
    /// Records copied in one durable commit at most, and their bytes.
    private static let batchRecordsMax = 20_000
    private static let batchBytesMax = 16 << 20
    /// The map of the backup's log while it is written: what a log may grow to.
    private static let mapBytesMin: UInt64 = 64 << 30
    private static let mapBytesMax: UInt64 = 1 << 42

    /// Adds to a backup of this very ledger the records that it does not have, then reads all of it again.
    ///
    /// In whatever way it ends, it does the backup no harm: what was added is whole batches of records, which the next run
    /// takes over.
    package func runIncremental(watch: OperationWatch) throws(OperationFault) -> Result {
        guard var manifest = try BackupManifest.read(directory: target) else {
            throw .failed(
                "\(target) holds no finished backup to add to. Begin one there without --incremental.")
        }
        let source = try open()
        defer { source.close() }
        guard source.marker.identity == manifest.ledger else {
            throw .failed(
                "\(target) is a backup of ledger \(manifest.ledger), and \(data) holds ledger \(source.marker.identity). "
                    + "Name the backup of this ledger, or an empty directory without --incremental.")
        }
        let lock = try lockTarget()
        defer { lock.release() }
        let log = try openLog(manifest)
        defer { log.close() }
        let before = log.head
        try compare(log, with: source.log, at: Position(manifest.head))
        try compare(log, with: source.log, at: log.head)
        do throws(OperationFault) {
            try add(to: log, from: source.log, watch)
        } catch {
            throw error.adding(
                "What was added to the backup in \(target) is whole: it holds the events up to \(log.head), and the next "
                    + "--incremental goes on there and reads all of it.")
        }
        // Whether what was there before is sound only comes out here.
        try complete(&manifest, log, watch)
        return Result(
            manifest: manifest, added: log.head.rawValue - before.rawValue, noteFault: note(manifest))
    }

    func lockTarget() throws(OperationFault) -> DirectoryLock {
        do throws(StoreError) {
            return try DirectoryLock(directory: target)
        } catch {
            guard case .inUse(_, let processID) = error else { throw OperationFault(error) }
            throw .failed("Process \(processID) is writing to \(target). Wait for it to end.")
        }
    }

    /// Opens the backup's own log, to append to it.
    private func openLog(_ manifest: BackupManifest) throws(OperationFault) -> LMDBLogStorage {
        // As any other log is looked at before LMDB opens it, and compared with its marker.
        try stored { () throws(StoreError) in try LedgerSource.open(path: target) }.close()
        let log = try stored { () throws(StoreError) in
            try LMDBLogStorage(
                path: "\(target)/log", mapSizeBytes: Self.mapBytesMin, mapSizeBytesMax: Self.mapBytesMax)
        }
        guard log.head.rawValue >= manifest.head else {
            log.close()
            throw .failed(
                "The log in \(target) ends at \(log.head), and its manifest says \(manifest.head). The backup is damaged: "
                    + "make a new one in another directory.")
        }
        return log
    }

    /// Compares a record of the backup with that of the ledger, byte for byte.
    private func compare(
        _ log: LMDBLogStorage, with source: LMDBLogStorage, at position: Position
    ) throws(OperationFault) {
        guard position > .beforeFirst else { return }
        guard position <= source.head else {
            throw .failed(
                "\(target) holds the events up to \(position), and the ledger in \(data) ends at \(source.head): the "
                    + "ledger is older than its backup. Make a new backup in another directory, and keep this one.")
        }
        let (kept, current) = try stored { () throws(StoreError) in
            (
                try log.withRecord(at: position) { Array($0.bytes) },
                try source.withRecord(at: position) { Array($0.bytes) }
            )
        }
        guard kept == current else {
            throw .failed(
                "The event at position \(position) is another one in \(target) than in \(data): they have the same "
                    + "identity and different histories. Make a new backup in another directory, and keep this one.")
        }
    }

    private func add(
        to log: LMDBLogStorage, from source: LMDBLogStorage, _ watch: OperationWatch
    ) throws(OperationFault) {
        let begun = log.head.rawValue
        let last = source.head
        while log.head < last {
            let batch = try batch(after: log.head, through: last, of: source)
            try stored { () throws(StoreError) in try log.append(batch) }
            let done = log.head.rawValue - begun
            try watch.pass(OperationState(.add, done: done, total: last.rawValue - begun, events: done))
        }
    }

    /// The next records as they are.
    private func batch(
        after head: Position, through last: Position, of source: LMDBLogStorage
    ) throws(OperationFault) -> RecordBatch {
        var builder = RecordBatchBuilder(first: head.next)
        var next = head.next
        while next <= last, builder.count < Self.batchRecordsMax, builder.byteCount < Self.batchBytesMax {
            let limit = min(
                LMDBLogStorage.pageRecords, Int(last.rawValue - next.rawValue) + 1,
                Self.batchRecordsMax - builder.count)
            let count = try stored { () throws(StoreError) in
                try source.read(from: next, limit: limit) { _, record in
                    // The same recorded time leaves the record as it is, checksum and all.
                    builder.append(record.bytes, recordedTime: record.recordedTimeMicroseconds)
                    return .proceed
                }
            }
            next = next.advanced(by: count)
        }
        return builder.finish()
    }

    /// Reads all of the backup, compares it with what was noted before, and notes where it is now.
    private func complete(
        _ manifest: inout BackupManifest, _ log: LMDBLogStorage, _ watch: OperationWatch
    ) throws(OperationFault) {
        let noted = Set(manifest.parts.map(\.to))
        let result = try RecordsPass(log: log).run(through: log.head, noting: noted, watch: watch)
        try manifest.compare(result, of: target)
        let checksum = try stored { () throws(StoreError) in try log.withRecord(at: log.head) { $0.checksum } }
        let marker = LedgerMarker(identity: manifest.ledger, head: log.head, checksum: checksum ?? 0)
        try stored { () throws(StoreError) in try marker.write(directory: target) }
        manifest.parts.append(part(from: manifest.head + 1, to: log.head, result.sha256))
        manifest.head = log.head.rawValue
        manifest.recordsSha256 = result.sha256
        manifest.bytes = try stored { () throws(StoreError) in try log.usage().usedBytes }
        try manifest.write(directory: target)
        try stored { () throws(StoreError) in try FileSystem.removeFile("\(target)/\(BackupNames.unfinished)") }
    }
}

extension BackupManifest {
    /// Compares what was read with what the parts say; names the first that differs.
    func compare(_ result: RecordsPass.Result, of place: String) throws(OperationFault) {
        for part in parts where result.digests[part.to] != part.recordsSha256 {
            throw .failed(
                "The records up to \(part.to) in \(place) are not those of its manifest: their digest is "
                    + "\(result.digests[part.to] ?? "unknown"), and \(part.recordsSha256) was noted. What \(part.madeAt) "
                    + "brought, positions \(part.from) to \(part.to), is damaged: use another backup.")
        }
    }
}
