/// Where a fold of a data directory lies, and beside it what is to replace it and what it replaced.
///
///     NAME            serves
///     NAME.next       is being built
///     NAME.ready      a take-over is under way: what is to serve, or what served; a sound fold either way
///     NAME.previous   what served before the last take-over
///     NAME.deleted    is being deleted
package struct FoldPlace: Hashable, Sendable {
    let directory: String
    /// `views` or `index`.
    package let name: String

    package init(directory: String, name: String) {
        self.directory = directory
        self.name = name
    }

    package var current: String { "\(directory)/\(name)" }
    package var next: String { "\(current).next" }
    package var previous: String { "\(current).previous" }
    var ready: String { "\(current).ready" }
    var deleted: String { "\(current).deleted" }

    /// In a directory that took over: what was noted then.
    static let noteName = "replay"
    static let noteSizeBytesMax = 4096

    /// What takes over.
    package enum Source: CaseIterable, Sendable {
        case next, previous
    }

    func path(of source: Source) -> String {
        switch source {
        case .next: next
        case .previous: previous
        }
    }

    /// A take-over on the disk: each step is durable when it returns, and whatever step is the last one, `recover` leaves
    /// a fold that serves.
    package enum Step: CaseIterable, Sendable {
        /// What takes over becomes `ready`.
        case makeReady
        /// It and what serves exchange their names.
        case exchange
        /// What the take-over before had replaced is deleted.
        case dropPrevious
        /// What served becomes `previous`.
        case keepPrevious
    }

    package func take(_ step: Step, from source: Source) throws(StoreError) {
        switch step {
        case .makeReady: try FileSystem.rename(path(of: source), to: ready)
        case .exchange: try FileSystem.exchange(ready, with: current)
        case .dropPrevious: try delete(previous)
        case .keepPrevious: try FileSystem.rename(ready, to: previous)
        }
    }

    /// Sets right what was interrupted; before the fold is opened.
    package func recover() throws(StoreError) {
        try FileSystem.removeDirectory(deleted)
        guard try FileSystem.exists(ready) else { return }
        try delete(previous)
        try FileSystem.rename(ready, to: previous)
    }

    /// Deletes one of its directories, if it is there: first its name, so that nothing is ever found half deleted.
    package func delete(_ path: String) throws(StoreError) {
        try FileSystem.removeDirectory(deleted)
        guard try FileSystem.exists(path) else { return }
        try FileSystem.rename(path, to: deleted)
        try FileSystem.removeDirectory(deleted)
    }
}
