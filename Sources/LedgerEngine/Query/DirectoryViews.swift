import CampaignDomain
import Synchronization

/// The view of the directory that holds now, kept as long as neither a fact nor the clock changes it: most questions are
/// asked of the present, and the view is the same for all of them.
final class DirectoryViews: Sendable {
    private struct Cached {
        let version: UInt64
        let from: Instant
        /// The instant at which it changes; nil is never.
        let until: Instant?
        let view: DirectoryView

        func holds(_ version: UInt64, at: Instant) -> Bool {
            self.version == version && from <= at && until.map { at < $0 } ?? true
        }
    }

    private let cached = Mutex<Cached?>(nil)

    /// The kept view, if it is that of everything known at an instant.
    ///
    /// - Parameter version: that of the directory.
    func kept(version: UInt64, at: Instant) -> DirectoryView? {
        cached.withLock { cached in
            cached.flatMap { $0.holds(version, at: at) ? $0.view : nil }
        }
    }

    /// The view of everything known at an instant, made where it is not kept: that takes some milliseconds for thousands
    /// of campaigns.
    ///
    /// - Parameters:
    ///   - version: that of the directory; `now`: the clock.
    func view(
        _ directory: Directory, version: UInt64, at: Instant, now: Instant, order: LogIdentityOrder
    ) -> DirectoryView {
        if let kept = kept(version: version, at: at) { return kept }
        let view = directory.view(AsOf(at: at, position: nil), order: order)
        // Made with a tie that could not be settled: the question fails, and nothing of it is kept.
        guard order.failure == nil else { return view }
        let made = Cached(version: version, from: at, until: directory.nextChange(after: at), view: view)
        // A question about the past or the future must not take the place of the present's view.
        guard made.holds(version, at: now) else { return view }
        cached.withLock { cached in
            if cached.map({ $0.version <= version && (!$0.holds(version, at: now) || $0.from > at) }) ?? true {
                cached = made
            }
        }
        return view
    }
}
