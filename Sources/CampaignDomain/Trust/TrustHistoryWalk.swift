/// A history worked out instant by instant, so that whoever asks can stop or rest between any two of them.
public struct TrustHistoryWalk {
    private var timeline: EvidenceTimeline
    private let directory: Directory
    private let order: any IdentityOrder
    private let to: Instant
    /// Nil: from change to change.
    private let stepMicroseconds: Int64?
    private var view: DirectoryView?
    private var viewEnd: Instant?
    private var last: TrustAnswer?
    /// The instant that is looked at next; nil at the end.
    public private(set) var next: Instant?

    /// - Parameters:
    ///   - timeline: at its begin.
    ///   - directory: what concerns the influencer.
    ///   - stepMicroseconds: at least 1; nil: from change to change.
    init(
        _ timeline: EvidenceTimeline, _ directory: Directory, _ order: any IdentityOrder, from: Instant, to: Instant,
        stepMicroseconds: Int64?
    ) {
        self.timeline = timeline
        self.directory = directory
        self.order = order
        self.to = to
        self.stepMicroseconds = stepMicroseconds
        next = bounded(first(from: from))
    }

    /// Before the first fact there is nothing to say: begins where there is.
    private func first(from: Instant) -> Instant? {
        guard let begin = timeline.begin else { return nil }
        guard from < begin else { return from }
        guard let step = stepMicroseconds else { return begin }
        let steps = (begin.microseconds - from.microseconds - 1) / step + 1
        let (distance, overflows) = steps.multipliedReportingOverflow(by: step)
        guard !overflows else { return nil }
        let (first, isBeyond) = from.microseconds.addingReportingOverflow(distance)
        return isBeyond ? nil : Instant(microseconds: first)
    }

    private func bounded(_ instant: Instant?) -> Instant? { instant.flatMap { $0 <= to ? $0 : nil } }

    /// Remembers what was so just before an instant: what is so still is no change.
    mutating func rememberBefore(_ instant: Instant) {
        guard instant > .earliest else { return }
        last = judge(Instant(microseconds: instant.microseconds - 1))?.trust()
    }

    /// Looks at the next instant; nil if it has no point of its own, or there is none.
    public mutating func advance() -> TrustPoint? {
        guard let at = next else { return nil }
        guard let situation = judge(at) else {
            next = nil
            return nil
        }
        next = bounded(instant(after: situation, at))
        let trust = situation.trust()
        defer { last = trust }
        return stepMicroseconds == nil && last == trust ? nil : TrustPoint(at: at, trust: trust)
    }

    /// The influencer at an instant, none before that of the last call; nil before the first fact.
    private mutating func judge(_ at: Instant) -> Situation? {
        timeline.advance(to: at)
        guard !timeline.evidence.isEmpty else { return nil }
        if let view, viewEnd.map({ at < $0 }) ?? true { return Situation(timeline.evidence, view) }
        let view = directory.view(timeline.evidence.asOf, order: order)
        self.view = view
        viewEnd = directory.nextChange(after: at)
        return Situation(timeline.evidence, view)
    }

    /// The instant after that of a situation; nil: there is none.
    private func instant(after situation: Situation, _ at: Instant) -> Instant? {
        if let step = stepMicroseconds {
            // A step may lead beyond all instants.
            let (next, isBeyond) = at.microseconds.addingReportingOverflow(step)
            return isBeyond ? nil : Instant(microseconds: next)
        }
        let own = situation.nextChange()
        return directory.nextChange(after: at).map { min($0, own) } ?? own
    }
}
