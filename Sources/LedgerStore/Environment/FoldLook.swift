package import EventLog
internal import LMDB

/// What a fold on the disk says of itself, read without its daemon: nothing is built, mended or deleted.
package struct FoldLook: Sendable, Equatable {
    /// The version of its rows.
    package var version: UInt32
    package var position: Position

    /// As many slots and as much of a map as are needed for two rows.
    private static let readersMax = 126
    private static let mapSizeBytes: UInt64 = 1 << 40

    /// Looks at the fold in a directory that no process serves.
    ///
    /// - Returns: nil if there is none, or none that this program can read: the next start builds it anew.
    /// - Throws: `.system` if its files may not be read.
    package static func read(_ path: String) throws(StoreError) -> FoldLook? {
        guard case .sound = try DataFilePreflight.examine("\(path)/data.mdb") else { return nil }
        let store: StoreEnvironment
        let found: FoldMeta?
        do throws(LMDBError) {
            store = try StoreEnvironment(
                path: path, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytes, readersMax: readersMax,
                tables: 2, isReadOnly: true)
        } catch {
            throw .storage(operation: "opening \(path)", cause: error.description)
        }
        FileSystem.giveToOwner(of: path, "\(path)/lock.mdb")
        defer { store.close() }
        do throws(LMDBError) {
            found = try store.environment.withReadTransaction { (transaction) throws(LMDBError) -> FoldMeta? in
                try FoldMeta.read(transaction, try transaction.openDatabase("meta"))
            }
        } catch {
            // A fold of an older layout has no such table.
            return nil
        }
        return found.map { FoldLook(version: $0.version, position: $0.position) }
    }

    /// The same of one that nobody writes meanwhile; its directory stays as it is.
    ///
    /// - Returns: nil if it does not say it.
    static func read(alone path: String) throws(StoreError) -> FoldLook? {
        do throws(LMDBError) {
            let store = try StoreEnvironment(alone: path, tables: 2)
            defer { store.close() }
            let meta = try RunTables(readingFrom: store.environment).meta
            return try store.environment.withReadTransaction { (transaction) throws(LMDBError) in
                try FoldMeta.read(transaction, meta).map { FoldLook(version: $0.version, position: $0.position) }
            }
        } catch {
            // Whoever opens it to be used says what is wrong.
            return nil
        }
    }

    /// The version that this program writes of the index.
    package static var indexVersion: UInt32 { LMDBIndexStorage.version }
}
