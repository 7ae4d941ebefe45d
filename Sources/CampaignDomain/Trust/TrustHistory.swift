/// Trust at one instant of a history.
public struct TrustPoint: Sendable, Equatable {
    public let at: Instant
    public let trust: TrustAnswer
}

/// Part of a history: where it goes on, nil at its end.
public struct TrustHistoryPage: Sendable, Equatable {
    public let points: [TrustPoint]
    public let next: Instant?
}

/// An influencer's trust over time, as known at one position (Projections, sections 0 and 3). The facts are read once;
/// each point is the answer that is given for its instant. Before the influencer's first event there are no points.
///
/// A point costs an assessment, not a reading: with 10,000 facts some tenths of a millisecond.
public struct TrustHistory {
    private let begin: EvidenceTimeline
    /// Of the campaigns that the influencer's events name.
    private let directory: Directory
    private let order: any IdentityOrder

    /// The most instants that are looked at for one page.
    public static let instantsMax = 1000

    /// - Parameters:
    ///   - rows: whole facts in the order of their positions, all of one influencer's stream.
    ///   - position: what was known; nil: all.
    ///   - order: decides between events of one time.
    public init(rows: [[UInt8]], _ directory: Directory, position: FactPosition?, order: some IdentityOrder) {
        begin = EvidenceTimeline(rows: rows, position: position, order: order)
        var whole = begin
        whole.advance(to: .latest)
        self.directory = directory.concerning(campaigns: whole.evidence.campaignNames.all)
        self.order = order
    }

    /// The score at `from` and every `step` after it, up to `to`.
    ///
    /// - Parameter stepSeconds: at least 1.
    public func samples(from: Instant, to: Instant, stepSeconds: Int64) -> TrustHistoryPage {
        precondition(stepSeconds > 0, "a step of \(stepSeconds) seconds")
        let step = stepSeconds * Instant.microsecondsPerSecond
        return page(from: from, to: to, isEachKept: true) { _, at in
            // A step may lead beyond all instants.
            let (next, isBeyond) = at.microseconds.addingReportingOverflow(step)
            return isBeyond ? nil : Instant(microseconds: next)
        }
    }

    /// The score at `from` and at each instant up to `to` at which the answer becomes another one.
    public func changes(from: Instant, to: Instant) -> TrustHistoryPage {
        page(from: from, to: to, isEachKept: false) { situation, at in
            let own = situation.nextChange()
            return directory.nextChange(after: at).map { min($0, own) } ?? own
        }
    }

    /// - Parameters:
    ///   - isEachKept: whether points that say the same as the one before are kept.
    ///   - after: the instant after that of a situation; nil: there is none.
    private func page(from: Instant, to: Instant, isEachKept: Bool, after: (Situation, Instant) -> Instant?)
        -> TrustHistoryPage
    {
        var timeline = begin
        var points: [TrustPoint] = []
        var next: Instant? = from
        var view: DirectoryView?
        var viewEnd: Instant?
        for _ in 0..<TrustHistory.instantsMax {
            guard let at = next, at <= to else { return TrustHistoryPage(points: points, next: nil) }
            timeline.advance(to: at)
            if view == nil || viewEnd.map({ $0 <= at }) ?? false {
                view = directory.view(timeline.evidence.asOf, order: order)
                viewEnd = directory.nextChange(after: at)
            }
            guard let view else { break }
            let situation = Situation(timeline.evidence, view)
            if !timeline.evidence.isEmpty {
                let trust = situation.trust()
                if isEachKept || points.last?.trust != trust { points.append(TrustPoint(at: at, trust: trust)) }
            }
            next = after(situation, at)
        }
        return TrustHistoryPage(points: points, next: next.flatMap { $0 <= to ? $0 : nil })
    }
}
