/// Trust at one instant of a history.
public struct TrustPoint: Sendable, Equatable {
    public let at: Instant
    public let trust: TrustAnswer
}

/// Part of a history: where it goes on, nil at its end.
public struct TrustHistoryPage: Sendable, Equatable {
    public let points: [TrustPoint]
    public let next: Instant?

    public init(points: [TrustPoint], next: Instant?) {
        self.points = points
        self.next = next
    }
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
        page(walk(from: from, to: to, stepSeconds: stepSeconds))
    }

    /// The score at `from` and at each instant up to `to` at which the answer becomes another one.
    public func changes(from: Instant, to: Instant) -> TrustHistoryPage {
        page(changesWalk(from: from, to: to, isContinued: false))
    }

    private func page(_ walk: TrustHistoryWalk) -> TrustHistoryPage {
        var walk = walk
        var points: [TrustPoint] = []
        for _ in 0..<TrustHistory.instantsMax where walk.next != nil {
            if let point = walk.advance() { points.append(point) }
        }
        return TrustHistoryPage(points: points, next: walk.next)
    }

    /// The samples one by one.
    ///
    /// - Parameter stepSeconds: at least 1.
    public func walk(from: Instant, to: Instant, stepSeconds: Int64) -> TrustHistoryWalk {
        precondition(stepSeconds > 0, "a step of \(stepSeconds) seconds")
        let step = stepSeconds.multipliedReportingOverflow(by: Instant.microsecondsPerSecond)
        // A step beyond all time leads nowhere.
        let microseconds = step.overflow ? Int64.max : step.partialValue
        return TrustHistoryWalk(begin, directory, order, from: from, to: to, stepMicroseconds: microseconds)
    }

    /// The changes one by one.
    ///
    /// - Parameter isContinued: `from` is where another walk stopped, so that it is a point only if it is a change.
    public func changesWalk(from: Instant, to: Instant, isContinued: Bool) -> TrustHistoryWalk {
        var walk = TrustHistoryWalk(begin, directory, order, from: from, to: to, stepMicroseconds: nil)
        if isContinued { walk.rememberBefore(from) }
        return walk
    }
}
