package import EventLog

/// The views that serve, whichever they are: read models that were built beside them take over without anybody noticing.
///
/// A snapshot is of the views that served when it was taken, and stays as it is.
package final class SwappableViewStorage: ViewStorage {
    package let fold: ReplaceableFold<LMDBViewStorage>

    init(_ fold: ReplaceableFold<LMDBViewStorage>) {
        self.fold = fold
    }

    /// The version of the rows that serve (`LMDBViewStorage.version`).
    package var version: UInt32 { fold.current.version }

    package var position: Position { fold.current.position }

    package func snapshot() throws(StoreError) -> any ViewSnapshot {
        try fold.current.snapshot()
    }

    package func checkpoint(rows pieces: some ViewPieces, position: Position) throws(StoreError) {
        try fold.current.checkpoint(rows: pieces, position: position)
    }

    package func mergeStep() throws(StoreError) -> Bool {
        try fold.current.mergeStep()
    }

    package func reset() throws(StoreError) {
        try fold.current.reset()
    }

    package func verify() throws(StoreError) {
        try fold.current.verify()
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try fold.current.usage()
    }
}
