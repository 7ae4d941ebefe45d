import CampaignDomain
import EventLog

/// The newest generation of the lists, between the thread that makes them and the questions that read them.
final class InfluencerLists: Sendable {
    struct State {
        var generation: ListGeneration?
        /// Whether the generation that is being made is the first one under a policy.
        var isPolicyTakingEffect = false
        /// Somebody waits for a newer generation.
        var isDemanded = false
        /// When a list was asked for last, monotonic; nil: never.
        var askedNanoseconds: UInt64?
        var isClosed = false
    }

    let state = Monitor(State())

    /// How far behind the clock a list without `at` may be (The daemon, section 2).
    static let ageMax: Int64 = 10_000_000
    /// The same after UTC midnight or while a policy takes effect, when everyone's answers change. In microseconds.
    static let everyoneAgeMax: Int64 = 60_000_000

    var generation: ListGeneration? { state.withLock { $0.generation } }

    /// Notes a question.
    ///
    /// - Returns: the newest generation if it is current.
    func current(_ now: Instant) -> ListGeneration? {
        state.withLock { state in
            state.askedNanoseconds = monotonicNanoseconds()
            return state.generation.flatMap { state.isCurrent($0, now) ? $0 : nil }
        }
    }

    /// Asks for a newer generation.
    ///
    /// - Returns: false when there will be none.
    func demand() -> Bool {
        state.notify { state in
            state.isDemanded = true
            return !state.isClosed
        }
    }

    func close() {
        state.notify { $0.isClosed = true }
    }
}

extension InfluencerLists.State {
    fileprivate func isCurrent(_ generation: ListGeneration, _ now: Instant) -> Bool {
        let age = now.microseconds - generation.asOf.at.microseconds
        // Negative when the clock was set back: then what the list says lies ahead.
        if age < 0 { return -age <= ListRefresher.clockStepMax }
        if age <= InfluencerLists.ageMax { return true }
        return age <= InfluencerLists.everyoneAgeMax && (isPolicyTakingEffect || generation.asOf.at.day != now.day)
    }
}
