import Synchronization

/// The limits as they are now. A connection keeps a copy and renews it before a request: looking whether there are others
/// is one relaxed load.
final class LiveLimits: Sendable {
    private let limits: Mutex<HTTPLimits>
    private let version = Atomic<Int>(0)

    init(_ limits: HTTPLimits) {
        self.limits = Mutex(limits)
    }

    /// A connection's own copy.
    struct Copy {
        private(set) var limits: HTTPLimits
        private var version: Int

        init(of live: LiveLimits) {
            version = live.version.load(ordering: .acquiring)
            limits = live.now
        }

        mutating func renew(from live: LiveLimits) {
            if live.version.load(ordering: .relaxed) != version { self = Copy(of: live) }
        }
    }

    var now: HTTPLimits { limits.withLock { $0 } }

    /// Other limits for requests that begin from now on.
    func replace(_ limits: HTTPLimits) {
        self.limits.withLock { $0 = limits }
        version.add(1, ordering: .releasing)
    }
}
