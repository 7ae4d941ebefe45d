import CampaignDomain
import LedgerStore
import Synchronization

/// The views that serve a question, from its beginning to its end: when others take over meanwhile, it goes on with those
/// it began with, so that no answer is put together from both.
///
/// Invariant: what has been replaced and the overlays of that moment hold all facts up to the position of that moment; a
/// question that began before asks for none after it.
final class ServingRows: Sendable {
    let views: any ViewStorage
    /// What was folded and not in `views` when others took over: the older first; nil while these serve.
    private let last = Mutex<(frozen: Overlay?, active: Overlay)?>(nil)

    init(_ views: any ViewStorage) {
        // Of what can be replaced, what serves now.
        self.views = (views as? SwappableViewStorage)?.fold.current ?? views
    }

    /// Others take over; under the projection's lock.
    fileprivate func retire(_ state: Projection.State) {
        last.withLock { $0 = (state.frozen, state.active) }
    }

    fileprivate var lastOverlays: (frozen: Overlay?, active: Overlay)? { last.withLock { $0 } }
}

extension Projection.State {
    /// What the rows of a question are made of; under the projection's lock.
    ///
    /// - Parameter rows: those that served when the question began.
    func parts(
        of rows: ServingRows
    ) throws(StoreError) -> (snapshot: any ViewSnapshot, frozen: Overlay?, active: Overlay) {
        let (frozen, active) = rows.lastOverlays ?? (self.frozen, self.active)
        return (try rows.views.snapshot(), frozen, active)
    }
}

extension Projection {
    /// The rows that were folded beside take over: nothing that anybody reads changes but where it comes from.
    ///
    /// - Parameters:
    ///   - directory: of the new rows (`Projection.directory(of:)`).
    ///   - exchange: lets them take over in memory: afterwards `views` are they.
    /// - Precondition: both stand at the same position, and there is no checkpoint until this returns.
    func takeOver(_ directory: Directory, exchange: () -> Void) {
        lock.withLock { state in
            state.serving.retire(state)
            exchange()
            state.serving = ServingRows(views)
            state.directory = directory
            let stands = views.position
            for overlay in [state.frozen, state.active].compactMap({ $0 }) {
                state.directory.insert(overlay, after: stands)
            }
            state.directoryVersion += 1
            // What was worked out of the old rows may be wrong if they were.
            state.listMarks.addEveryone()
        }
    }
}
