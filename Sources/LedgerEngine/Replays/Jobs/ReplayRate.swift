/// How fast a replay goes: its steps over the last ten seconds or so.
struct ReplayRate {
    private struct Sample {
        var nanoseconds: UInt64
        var done: UInt64
    }

    /// How far samples are apart at least, in nanoseconds, and how many are kept.
    private static let interval: UInt64 = 500_000_000
    private static let samplesMax = 20

    private var phase: ReplayPhase?
    private var samples: [Sample] = []

    /// Looks at a replay's state; called after each piece of work.
    mutating func note(_ state: ReplayProgress.State, at nanoseconds: UInt64) {
        let isNew = state.phase != phase || state.done < samples.last?.done ?? 0
        if isNew {
            phase = state.phase
            samples = []
        }
        if let last = samples.last, nanoseconds < last.nanoseconds + Self.interval { return }
        if samples.count == Self.samplesMax { samples.removeFirst() }
        samples.append(Sample(nanoseconds: nanoseconds, done: state.done))
    }

    /// Steps a second; nil before there are two samples of the phase.
    func stepsPerSecond(_ state: ReplayProgress.State) -> UInt64? {
        guard state.phase == phase, let first = samples.first, let last = samples.last,
            last.nanoseconds > first.nanoseconds
        else { return nil }
        let steps = (last.done - first.done).multipliedFullWidth(by: 1_000_000_000)
        // At most all steps of a phase in half a second: the quotient fits.
        let nanoseconds = last.nanoseconds - first.nanoseconds
        return steps.high < nanoseconds ? nanoseconds.dividingFullWidth(steps).quotient : nil
    }

    /// Seconds to the end of the phase, rounded up; nil where the rate is unknown or 0.
    static func secondsLeft(_ state: ReplayProgress.State, stepsPerSecond: UInt64?) -> UInt64? {
        guard let rate = stepsPerSecond, rate > 0, state.total >= state.done else { return nil }
        let left = state.total - state.done
        return left / rate + (left % rate == 0 ? 0 : 1)
    }
}
