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

    /// Whether somebody asked for a list in the last minutes.
    var isAskedLately: Bool { state.withLock { $0.isAskedLately } }

    var generation: ListGeneration? { state.withLock { $0.generation } }

    /// How old a generation should be at most when the first question comes after a time without any, when new ones are
    /// made rarely: who asks for a list once wants it of now, if that does not take long. In microseconds.
    static let firstAgeMax: Int64 = 1_000_000

    /// Notes a question.
    ///
    /// - Returns: whether nobody asked in the last minutes.
    func noteQuestion() -> Bool {
        state.withLock { state in
            defer { state.askedNanoseconds = monotonicNanoseconds() }
            return !state.isAskedLately
        }
    }

    /// The newest generation if it is current.
    ///
    /// - Parameter earliest: the oldest that serves, if it matters.
    func current(_ now: Instant, from earliest: Instant? = nil) -> ListGeneration? {
        state.withLock { state in
            guard let generation = state.generation, state.isCurrent(generation, now) else { return nil }
            return earliest.map { generation.asOf.at < $0 } ?? false ? nil : generation
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
    /// How long a question keeps the lists fresh.
    private static let askedNanosecondsMax: UInt64 = 300_000_000_000

    /// Whether somebody asked for a list in the last minutes.
    var isAskedLately: Bool {
        askedNanoseconds.map { monotonicNanoseconds() - $0 < Self.askedNanosecondsMax } ?? false
    }

    fileprivate func isCurrent(_ generation: ListGeneration, _ now: Instant) -> Bool {
        let age = now.microseconds - generation.asOf.at.microseconds
        // Negative when the clock was set back: then what the list says lies ahead.
        if age < 0 { return -age <= ListRefresher.clockStepMax }
        if age <= InfluencerLists.ageMax { return true }
        return age <= InfluencerLists.everyoneAgeMax && (isPolicyTakingEffect || generation.asOf.at.day != now.day)
    }
}
