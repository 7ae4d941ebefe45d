/// What is wrong now, by component: the source of `/readyz`, of the read-only state and of status.
///
/// A component that fails says so. One that hangs, or is gone, says nothing; it is noticed by its missing heartbeat.
final class Health: Sendable {
    enum Component: Int, Comparable, Sendable {
        case index, views, projector, lists

        static func < (left: Component, right: Component) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        var troubles: [Component: String] = [:]
        var warnings: [String] = []
        var readOnlyReason: String?
        var fatal: String?
    }

    let heartbeats = Heartbeats()
    private let state = Monitor(State())

    func set(_ component: Component, _ text: String) {
        state.withLock { $0.troubles[component] = text }
    }

    func clear(_ component: Component) {
        state.withLock { $0.troubles[component] = nil }
    }

    /// Troubles, in the order of the components.
    var troubles: [String] {
        state.withLock { state in state.troubles.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// What will go wrong if nobody does anything: a sentence each. No reason not to be asked.
    var warnings: [String] { state.withLock { $0.warnings } }

    func setWarnings(_ warnings: [String]) {
        state.withLock { $0.warnings = warnings }
    }

    /// A sign of life of a component's thread: it goes on.
    func beat(_ component: Heartbeats.Component) { heartbeats.beat(component) }

    /// Why nothing can be appended now; nil when it can.
    var readOnlyReason: String? { state.withLock { $0.readOnlyReason } }

    func setReadOnly(_ reason: String?) {
        state.withLock { $0.readOnlyReason = reason }
    }

    /// The storage failure after which the process must end.
    var fatal: String? { state.withLock { $0.fatal } }

    func setFatal(_ reason: String) {
        state.withLock { $0.fatal = $0.fatal ?? reason }
    }
}
