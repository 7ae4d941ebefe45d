import EventLog
import Glibc
import LedgerEngine
import LedgerStore
import Testing

@testable import LedgerOperations

/// A directory that is gone with its owner.
final class Place: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/ledger-operations-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { preconditionFailure("no temporary directory: errno \(errno)") }
        path = String(cString: made)
    }

    deinit {
        Self.remove(path)
    }

    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in (try? FileSystem.names(in: path)) ?? [] { remove("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    /// Every file below a directory with its bytes, but for LMDB's tables of readers.
    static func contents(_ path: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileSystem.names(in: path) ?? [] where name != "lock.mdb" {
            let below = "\(path)/\(name)"
            var status = stat()
            guard lstat(below, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                for (key, value) in try contents(below) { files["\(name)/\(key)"] = value }
            } else {
                files[name] = try FileSystem.read(below, limit: Int(status.st_size))
            }
        }
        return files
    }
}

/// A data directory with events in it.
struct SmallLedger {
    static let identity = "0123456789abcdef0123456789abcdef"
    let path: String
    var identity = SmallLedger.identity

    func open() throws -> LedgerDirectory {
        var options = LedgerDirectoryOptions(viewsVersion: 1, newLedgerIdentity: identity)
        (options.viewsMapSizeBytes, options.indexMapSizeBytes) = (1 << 26, 1 << 26)
        return try LedgerDirectory.open(path: path, options: options)
    }

    /// Adds records; `salt` makes those of one history differ from those of another.
    func add(_ count: Int, salt: String = "") throws {
        let directory = try open()
        defer { directory.close() }
        try directory.log.append(try Self.batch(after: directory.log.head, count: count, salt: salt))
        try directory.noteHead()
    }

    static func batch(after head: Position, count: Int, salt: String) throws -> RecordBatch {
        var builder = RecordBatchBuilder(first: head.next)
        for number in 1...count {
            let position = head.advanced(by: number).rawValue
            let id = Array("e-\(position)\(salt)".utf8)
            let source = Array("test".utf8)
            let subject = Array("i-\(position % 7)".utf8)
            let data = Array(#"{"n":\#(position),"padding":"\#(String(repeating: "x", count: 200))"}"#.utf8)
            try id.withUnsafeBytes { id in
                try source.withUnsafeBytes { source in
                    try subject.withUnsafeBytes { subject in
                        try data.withUnsafeBytes { data in
                            var record = RecordBuilder(
                                typeCode: 1, schemaVersion: 1, timeMicroseconds: Int64(position), posterUID: 7,
                                subjectKind: .influencer)
                            (record.id, record.source, record.subjectID, record.data) = (id, source, subject, data)
                            var bytes = [UInt8](repeating: 0, count: try record.encodedSizeBytes())
                            try bytes.withUnsafeMutableBytes { _ = try record.encode(into: $0) }
                            bytes.withUnsafeBytes { _ = builder.append($0, recordedTime: Int64(1_000 + position)) }
                        }
                    }
                }
            }
        }
        return builder.finish()
    }

    /// The digest of the records up to a position, by the plain way.
    func digest(through position: UInt64? = nil) throws -> String {
        let source = try LedgerSource.open(path: path)
        defer { source.close() }
        var digest = RecordsDigest()
        let last = position.map { Position($0) } ?? source.log.head
        var next = Position.first
        while next <= last {
            _ = try source.log.withRecord(at: next) { digest.add($0) }
            next = next.next
        }
        return digest.sha256
    }

    func backup(to target: String) -> Backup {
        Backup(data: path, target: target, program: "test 1", now: { 1_764_000_000 })
    }
}
