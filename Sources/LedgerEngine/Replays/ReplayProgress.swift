package import EventLog

/// How far a replay is, what it found, and whether it was called off: written by its threads, read by whoever shows it.
package final class ReplayProgress: Sendable {
    /// How far it is.
    package struct State: Sendable, Equatable {
        package var phase = ReplayPhase.records
        /// Whose files it is reading: what is damaged if reading them ends the process.
        package var place = ReplayFinding.Place.log
        /// Steps of the phase that are done, and all of them: events, rows or influencers.
        package var done: UInt64 = 0
        package var total: UInt64 = 0
        /// The position at which it stands.
        package var position = Position.beforeFirst
        /// All that was found, also beyond the kept ones.
        package var findingCount = 0
        /// The first `findingsMax` of them.
        package var findings: [ReplayFinding] = []
        package var isCancelled = false
    }

    /// Findings kept; of more only the number.
    package static let findingsMax = 1_000

    package let pace: ReplayPace
    private let state = Monitor(State())
    private let onChange: @Sendable (State) -> Void

    /// - Parameter onChange: called from the replay's threads after each change, with what it became; quick.
    package init(pace: ReplayPace, onChange: @escaping @Sendable (State) -> Void = { _ in }) {
        self.pace = pace
        self.onChange = onChange
    }

    package var now: State { state.withLock { $0 } }

    /// Begins a phase of so many steps.
    func begin(_ phase: ReplayPhase, total: UInt64) {
        change {
            $0.phase = phase
            $0.done = 0
            $0.total = total
        }
    }

    /// Notes whose files are read from now on.
    func look(at place: ReplayFinding.Place) {
        change { $0.place = place }
    }

    /// Notes that steps are done, and where the replay stands if that moved.
    func advance(by steps: UInt64, to position: Position? = nil) {
        change {
            $0.done += steps
            if let position { $0.position = position }
        }
    }

    func find(_ finding: ReplayFinding) {
        change {
            $0.findingCount += 1
            if $0.findings.count < Self.findingsMax { $0.findings.append(finding) }
        }
    }

    /// Calls the replay off: its next `rest` throws.
    package func cancel() {
        state.notify { $0.isCancelled = true }
    }

    /// Called by the replay between pieces of work of some milliseconds: rests as its pace says.
    ///
    /// - Throws: `.cancelled`.
    func rest(worked: UInt64, writtenBytes: Int = 0) throws(ReplayFault) {
        let nanoseconds = pace.rest(worked: worked, writtenBytes: writtenBytes)
        let isCancelled = state.wait(atMost: nanoseconds) { $0.isCancelled ? true : nil }
        if isCancelled == true { throw .cancelled }
    }

    /// - Throws: `.cancelled`.
    func checkCalledOff() throws(ReplayFault) {
        if state.withLock({ $0.isCancelled }) { throw .cancelled }
    }

    private func change(_ body: (inout State) -> Void) {
        let changed = state.withLock { state in
            body(&state)
            return state
        }
        onChange(changed)
    }
}
