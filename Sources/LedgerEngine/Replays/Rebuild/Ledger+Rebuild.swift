import LedgerStore
import Logging

extension Ledger {
    /// Whether read models that were replaced are kept, so that one can go back to them.
    package var keepsPrevious: Bool {
        let kept = (try? directory.views.fold.keepsPrevious()) ?? false
        return kept && ((try? directory.index.fold.keepsPrevious()) ?? false)
    }

    /// Whether the rows that serve are of an older version than this program makes.
    var servesOlderRows: Bool { directory.views.version != configuration.rowsVersion }

    /// Deletes what a rebuild began and did not end.
    func discardUnfinishedRebuild() throws(StoreError) {
        try directory.views.fold.discardNext()
        try directory.index.fold.discardNext()
    }

    /// Deletes the read models that were replaced.
    func discardPrevious() throws(StoreError) {
        try directory.views.fold.discardPrevious()
        try directory.index.fold.discardPrevious()
    }

    /// At a start, before replays run: deletes what no rebuild will go on with, and has rows of an older version built
    /// anew while they serve. Neither keeps the ledger from being opened.
    func prepareRebuild() {
        do {
            if !replays.isPending(.rebuild) { try discardUnfinishedRebuild() }
        } catch {
            logger.warning("what a rebuild left could not be deleted", metadata: ["error": "\(error)"])
        }
        guard servesOlderRows else { return }
        do throws(ReplayRefusal) {
            let versions = "of version \(directory.views.version), and this program makes \(configuration.rowsVersion)"
            guard let job = try replays.startUnlessPending(ReplayRequest(.rebuild, pace: configuration.replayPace))
            else { return }
            logger.notice("the read models are \(versions); replay \(job.number) builds them anew while they serve")
        } catch {
            logger.error(
                "the read models serve rows of an older version, and their rebuild could not be started",
                metadata: ["error": "\(error)"])
        }
    }
}
