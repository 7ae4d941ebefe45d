import Glibc
import LMDB
import Testing

@Suite struct EnvironmentTests {
    let directory = TemporaryDirectory()

    func open(mapSizeBytes: UInt64 = 1 << 20, readersMax: UInt32 = 8) throws -> (Environment, Database) {
        let options = EnvironmentOptions(mapSizeBytes: mapSizeBytes, readersMax: readersMax, databasesMax: 2)
        let environment = try Environment(path: directory.path, options: options)
        let database = try environment.withWriteTransaction { (transaction) throws(LMDBError) in
            try transaction.openDatabase("table", .create)
        }
        return (environment, database)
    }

    static func put(
        _ transaction: borrowing WriteTransaction, _ database: Database, _ key: String, _ value: [UInt8],
        _ flags: PutFlags = []
    ) throws(LMDBError) {
        let key = Array(key.utf8)
        let result = key.withUnsafeBytes { keyBytes in
            value.withUnsafeBytes { valueBytes in
                Result { () throws(LMDBError) in try transaction.put(valueBytes, for: keyBytes, in: database, flags) }
            }
        }
        try result.get()
    }

    static func get(
        _ transaction: borrowing ReadTransaction, _ database: Database, _ key: String
    ) throws(LMDBError) -> [UInt8]? {
        let key = Array(key.utf8)
        let result = key.withUnsafeBytes { keyBytes in
            Result { () throws(LMDBError) in
                try transaction.withValue(for: keyBytes, in: database) { Array($0) }
            }
        }
        return try result.get()
    }

    @Test func `only the durable default flags and NOTLS are used`() {
        #expect(Environment.flags == 0x20_0000)
        // With MDB_RDONLY and MDB_NOLOCK, for files that nobody writes.
        #expect(Environment.aloneFlags == 0x62_0000)
    }

    @Test func `what is committed is found, and what is aborted is not`() throws {
        let (environment, database) = try open()
        try environment.withWriteTransaction { (transaction) throws(LMDBError) in
            try Self.put(transaction, database, "kept", [1, 2, 3])
        }
        #expect(throws: LMDBError.self) {
            try environment.withWriteTransaction { (transaction) throws(LMDBError) in
                try Self.put(transaction, database, "lost", [4])
                try Self.put(transaction, database, "kept", [5], .noOverwrite)
            }
        }
        let found = try environment.withReadTransaction { (transaction) throws(LMDBError) in
            [try Self.get(transaction, database, "kept"), try Self.get(transaction, database, "lost")]
        }
        #expect(found == [[1, 2, 3], nil])
    }

    @Test func `a reset reader sees the newest commit once renewed`() throws {
        let (environment, database) = try open()
        let reader = try ReadTransaction(beginIn: environment)
        try environment.withWriteTransaction { (transaction) throws(LMDBError) in
            try Self.put(transaction, database, "a", [1])
        }
        #expect(try Self.get(reader, database, "a") == nil)
        #expect(try environment.info().oldestReaderTransactionID != nil)
        reader.reset()
        try reader.renew()
        #expect(try Self.get(reader, database, "a") == [1])
    }

    @Test func `more readers than slots are refused by name`() throws {
        let (environment, _) = try open(readersMax: 1)
        let first = try ReadTransaction(beginIn: environment)
        do throws(LMDBError) {
            let second = try ReadTransaction(beginIn: environment)
            second.reset()
            Issue.record("a second reader got the only slot")
        } catch {
            #expect(error.isReadersFull)
            #expect(error.description == "mdb_txn_begin: no reader slot is free (-30790)")
        }
        first.reset()
    }

    @Test func `a full map fails, and works again once it is larger`() throws {
        let (environment, database) = try open(mapSizeBytes: 64 << 10)
        let value = [UInt8](repeating: 7, count: 60_000)
        #expect(throws: LMDBError(code: LMDBError.mapFullCode, operation: "mdb_put")) {
            try environment.withWriteTransaction { (transaction) throws(LMDBError) in
                try Self.put(transaction, database, "large", value)
            }
        }
        try environment.setMapSize(bytes: 1 << 20)
        try environment.withWriteTransaction { (transaction) throws(LMDBError) in
            try Self.put(transaction, database, "large", value)
        }
        let found = try environment.withReadTransaction { (transaction) throws(LMDBError) in
            try Self.get(transaction, database, "large")
        }
        #expect(found == value)
        #expect(try environment.info().mapSizeBytes == 1 << 20)
    }

    @Test func `appending out of order is refused`() throws {
        let (environment, database) = try open()
        do throws(LMDBError) {
            try environment.withWriteTransaction { (transaction) throws(LMDBError) in
                try Self.put(transaction, database, "b", [1], .append)
                try Self.put(transaction, database, "a", [1], .append)
            }
            Issue.record("a key before the last one was appended")
        } catch {
            #expect(error.isKeyExists)
        }
    }

    @Test func `a cursor goes through the keys in byte order`() throws {
        let (environment, database) = try open()
        try environment.withWriteTransaction { (transaction) throws(LMDBError) in
            for key in ["b", "a", "c", "ab"] { try Self.put(transaction, database, key, Array(key.utf8)) }
        }
        let keys = try environment.withReadTransaction { (transaction) throws(LMDBError) in
            try transaction.withCursor(database) { (cursor) throws(LMDBError) in
                var keys: [String] = []
                var item = try cursor.first()
                while let found = item {
                    keys.append(String(decoding: found.key, as: UTF8.self))
                    item = try cursor.next()
                }
                return keys
            }
        }
        #expect(keys == ["a", "ab", "b", "c"])
    }

    @Test func `a reserved value is written in place, and a deleted one is gone`() throws {
        let (environment, database) = try open()
        let key = Array("k".utf8)
        let counts = try environment.withWriteTransaction { (transaction) throws(LMDBError) -> [Int] in
            try withKey(key) { (key) throws(LMDBError) in
                try transaction.put(reserving: 5000, for: key, in: database) { memory in
                    memory.initializeMemory(as: UInt8.self, repeating: 9)
                }
                let before = try transaction.withValue(for: key, in: database) { value in
                    value.reduce(0) { $0 + Int($1) }
                }
                let wasThere = try transaction.delete(key, in: database)
                let isThere = try transaction.delete(key, in: database)
                return [before ?? 0, wasThere ? 1 : 0, isThere ? 1 : 0, try transaction.count(database)]
            }
        }
        #expect(counts == [45_000, 1, 0, 0])
    }

    @Test func `a directory that is not there is named by the system's words`() {
        do throws(LMDBError) {
            _ = try Environment(path: "\(directory.path)/absent", options: EnvironmentOptions(mapSizeBytes: 1 << 20))
            Issue.record("an environment was opened in an absent directory")
        } catch {
            #expect(error.code == ENOENT)
            #expect(error.description.hasPrefix("mdb_env_open: No such file or directory"))
        }
    }

    private func withKey<R>(
        _ key: [UInt8], _ body: (UnsafeRawBufferPointer) throws(LMDBError) -> R
    ) throws(LMDBError) -> R {
        let result = key.withUnsafeBytes { bytes in
            Result { () throws(LMDBError) in try body(bytes) }
        }
        return try result.get()
    }
}
