import CampaignDomain
import Synchronization

/// The newest view of the directory, kept as long as neither a fact nor the clock changes it: most questions are asked
/// of the present, and the view is the same for all of them.
final class DirectoryViews: Sendable {
    private struct Cached {
        let version: UInt64
        let from: Instant
        /// The instant at which it changes; nil is never.
        let until: Instant?
        let view: DirectoryView
    }

    private let cached = Mutex<Cached?>(nil)

    /// The view of everything known, at an instant.
    ///
    /// - Parameter version: that of the directory; a cached view is of the same or not used.
    func view(_ directory: Directory, version: UInt64, at: Instant, order: LogIdentityOrder) -> DirectoryView {
        if let hit = cached.withLock({ $0 }), hit.version == version, hit.from <= at, hit.until.map({ at < $0 }) ?? true
        {
            return hit.view
        }
        let view = directory.view(AsOf(at: at, position: nil), order: order)
        // Made with a tie that could not be settled: the question fails, and nothing of it is kept.
        guard order.failure == nil else { return view }
        let entry = Cached(version: version, from: at, until: directory.nextChange(after: at), view: view)
        // A question about the past must not take the place of the present's view.
        cached.withLock { cached in
            if cached.map({ $0.version < version || $0.from <= at }) ?? true { cached = entry }
        }
        return view
    }
}
