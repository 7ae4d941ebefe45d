internal import EventLog
internal import Synchronization

/// An opened data directory: the log, its folds, and the lock that keeps a second daemon out.
///
///     lock      names the process that has the directory; locked until closed
///     LEDGER    the marker: which ledger, and a head it had reached
///     log/      the only truth
///     views/    read models; disposable
///     index/    identities and streams; disposable
///
/// Beside the last two there may be what is to replace them and what they replaced (`FoldPlace`).
package final class LedgerDirectory: Sendable {
    package let path: String
    package let log: any LogStorage
    package let views: SwappableViewStorage
    package let index: SwappableIndexStorage

    /// Whether this opening created the ledger.
    package let isFirstStart: Bool

    /// What was found and set right while opening, for the operator: a sentence each.
    package let notices: [String]

    private let lock: DirectoryLock
    private let noted: Mutex<LedgerMarker>
    private let closing: @Sendable () -> Bool

    init(
        path: String, lock: DirectoryLock, marker: LedgerMarker, isFirstStart: Bool, log: LMDBLogStorage,
        views: SwappableViewStorage, index: SwappableIndexStorage, notices: [String]
    ) {
        self.path = path
        self.lock = lock
        noted = Mutex(marker)
        self.isFirstStart = isFirstStart
        self.log = log
        self.views = views
        self.index = index
        self.notices = notices
        closing = {
            let closed = [log.close(), views.fold.close(), index.fold.close()]
            return !closed.contains(false)
        }
    }

    /// What is noted in LEDGER now.
    package var marker: LedgerMarker {
        noted.withLock { $0 }
    }

    /// Notes the log's head and its record's checksum in LEDGER, durably. Call it now and then and at the end: a log
    /// behind what is noted is refused at the next start.
    package func noteHead() throws(StoreError) {
        let head = log.head
        guard let checksum = try log.withRecord(at: head, { $0.checksum }) else { return }
        let failure = noted.withLock { marker -> StoreError? in
            guard head > marker.head else { return nil }
            var next = marker
            next.head = head
            next.checksum = checksum
            do throws(StoreError) {
                try next.write(directory: path)
            } catch {
                return error
            }
            marker = next
            return nil
        }
        if let failure { throw failure }
    }

    /// Closes the three environments and then frees the lock; nothing of them may be used afterwards.
    ///
    /// An environment with a snapshot still open is left open, and then the lock is kept until the process ends.
    package func close() {
        if closing() { lock.release() }
    }
}
