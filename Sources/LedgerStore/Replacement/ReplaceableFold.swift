internal import Synchronization

/// A fold's storage that another one can take over from while it serves.
///
/// What is replaced stays open as long as somebody reads it, even when it is deleted: its environment is closed when the
/// last one lets go of it. One thread builds, replaces and deletes; any number ask for what serves.
package final class ReplaceableFold<Storage: FoldStorage>: Sendable {
    package let place: FoldPlace
    /// Opens what lies in a directory of this fold, or begins there; with what one that serves may be, or as it is made
    /// now.
    private let opening: @Sendable (_ path: String, _ isServing: Bool) throws(StoreError) -> Storage
    private let serving: Mutex<Storage>
    private let beside = Mutex(Beside())

    private struct Beside {
        var next: Storage?
        var previous: Storage?
    }

    init(
        place: FoldPlace, serving: Storage,
        opening: @escaping @Sendable (_ path: String, _ isServing: Bool) throws(StoreError) -> Storage
    ) {
        self.place = place
        self.serving = Mutex(serving)
        self.opening = opening
    }

    /// What serves.
    package var current: Storage { serving.withLock { $0 } }

    /// Opens what is to replace it, or begins it.
    ///
    /// - Parameter isResuming: whether what an earlier attempt left is gone on with, if it can be used.
    package func openNext(isResuming: Bool) throws(StoreError) -> Storage {
        if isResuming, let next = beside.withLock({ $0.next }) { return next }
        if !isResuming { try discardNext() }
        let next = try open(place.next, isServing: false)
        beside.withLock { $0.next = next }
        return next
    }

    /// Opens what it replaced; nil if that is not kept.
    package func openPrevious() throws(StoreError) -> Storage? {
        if let previous = beside.withLock({ $0.previous }) { return previous }
        guard try FileSystem.exists(place.previous) else { return nil }
        guard case .sound = try DataFilePreflight.examine("\(place.previous)/data.mdb") else {
            throw .corruptFold(place: place.previous, reason: "its data.mdb is no database, or was cut off")
        }
        let previous = try opening(place.previous, true)
        beside.withLock { $0.previous = previous }
        return previous
    }

    /// Whether what it replaced is kept.
    package func keepsPrevious() throws(StoreError) -> Bool {
        try FileSystem.exists(place.previous)
    }

    /// Lets what lies beside take over on the disk, then calls `swap`, which has to call `exchange`.
    ///
    /// - Parameter note: put into the directory that takes over, for `note()`.
    /// - Throws: before `swap`: nothing has changed. After it: it has taken over, and only what is kept of it is not in its
    ///   place until the next start.
    package func takeOver(from source: FoldPlace.Source, note: String, swap: () -> Void) throws(StoreError) {
        let notePath = "\(place.path(of: source))/\(FoldPlace.noteName)"
        try FileSystem.replace(notePath, temporary: "\(notePath).new", with: note)
        try place.take(.makeReady, from: source)
        do throws(StoreError) {
            try place.take(.exchange, from: source)
        } catch {
            try? FileSystem.rename(place.ready, to: place.path(of: source))
            throw error
        }
        swap()
        try place.take(.dropPrevious, from: source)
        try place.take(.keepPrevious, from: source)
    }

    /// What was noted when what serves took over; nil if it never did.
    package func note() throws(StoreError) -> String? {
        let path = "\(place.current)/\(FoldPlace.noteName)"
        guard try FileSystem.exists(path) else { return nil }
        return String(decoding: try FileSystem.read(path, limit: FoldPlace.noteSizeBytesMax), as: UTF8.self)
    }

    /// In memory: from now on what lies beside serves.
    ///
    /// - Precondition: it has been opened.
    package func exchange(_ source: FoldPlace.Source) {
        beside.withLock { beside in
            let new = source == .next ? beside.next : beside.previous
            guard let new else { preconditionFailure("what takes over has been opened") }
            beside.previous = serving.withLock { serving in
                defer { serving = new }
                return serving
            }
            if source == .next { beside.next = nil }
        }
    }

    /// Deletes what is to replace it, if there is something.
    package func discardNext() throws(StoreError) {
        beside.withLock { $0.next = nil }
        try place.delete(place.next)
    }

    /// Deletes what it replaced, if that is kept.
    package func discardPrevious() throws(StoreError) {
        beside.withLock { $0.previous = nil }
        try place.delete(place.previous)
    }

    /// Closes all; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still held, which leaves that environment open.
    package func close() -> Bool {
        let besides = beside.withLock { beside in
            defer { beside = Beside() }
            return [beside.next, beside.previous].compactMap { $0 }
        }
        return ([current] + besides).map { $0.close() }.allSatisfy { $0 }
    }

    // What cannot be used is deleted and begun again: it is a fold that nobody asks yet.
    private func open(_ path: String, isServing: Bool) throws(StoreError) -> Storage {
        switch try DataFilePreflight.examine("\(path)/data.mdb") {
        case .sound, .absent: break
        case .empty, .truncated, .foreign: try place.delete(path)
        }
        try FileSystem.createDirectory(path)
        let storage: Storage
        do throws(StoreError) {
            storage = try opening(path, isServing)
        } catch {
            guard case .corruptFold = error else { throw error }
            try place.delete(path)
            try FileSystem.createDirectory(path)
            storage = try opening(path, isServing)
        }
        try FileSystem.syncDirectory(path)
        return storage
    }
}

/// The storage of a fold in an environment of its own. When the last reference to it is let go, it is closed.
package protocol FoldStorage: AnyObject, Sendable {
    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still held, which leaves the environment open.
    func close() -> Bool
}

extension LMDBViewStorage: FoldStorage {}
extension LMDBIndexStorage: FoldStorage {}
