import CampaignDomain
import EventLog
import LedgerStore
import Synchronization

/// Keeps the register of exceptions of the present between questions: the next question works out only what changed since.
/// One question at a time brings it on, in its own task; nothing goes on when nobody asks.
final class ExceptionRegister: Sendable {
    private struct Newest {
        var generation: ExceptionGeneration?
        /// How often it was forgotten.
        var forgotten = 0
    }

    private let newest = Mutex(Newest())
    private let turn = Turn()

    /// How old an answer may be, in microseconds, where bringing it on takes long; a list may be 10 s behind the clock.
    private static let ageMax: Int64 = 5_000_000
    /// How far the clock may be set back without anything being worked out anew, in microseconds: until it has caught up
    /// the register keeps its `at`.
    private static let clockStepMax: Int64 = 1_000_000
    /// Events up to which an answer is brought on at once: some milliseconds of work.
    private static let eventsAtOnce: UInt64 = 2_000
    /// Events from which on everyone is worked out anew: about as quick as finding out who changed.
    static let eventsMax: UInt64 = 500_000

    /// What is kept.
    var known: ExceptionGeneration? { newest.withLock { $0.generation } }

    /// Works out everyone anew for the next question: other rows have taken over.
    func forget() {
        newest.withLock {
            $0.generation = nil
            $0.forgotten += 1
        }
    }

    /// The register of the present, or of a moment shortly before it.
    func generation(_ minPosition: Position?, _ ledger: Ledger) async throws(QueryFault) -> ExceptionGeneration {
        let query = Query(minPosition: minPosition)
        if let known, isGood(known, try await ledger.reading(query), minPosition) { return known }
        guard await turn.take() else { throw .closed }
        defer { turn.release() }
        let forgotten = newest.withLock { $0.forgotten }
        // Time went by, and whoever had the turn before may have brought it on far enough.
        var reading = try await ledger.reading(query)
        let last = known
        if let last {
            let ahead = last.asOf.at.microseconds - reading.asOf.at.microseconds
            if ahead > 0, ahead <= Self.clockStepMax {
                reading = try await ledger.reading(Query(at: last.asOf.at, minPosition: minPosition))
            }
            if isGood(last, reading, minPosition) { return last }
        }
        let next = try await ledger.nextGeneration(after: last, reading)
        newest.withLock { if $0.forgotten == forgotten { $0.generation = next } }
        return next
    }

    private func isGood(_ known: ExceptionGeneration, _ reading: Reading, _ minPosition: Position?) -> Bool {
        let age = reading.asOf.at.microseconds - known.asOf.at.microseconds
        guard age >= 0, age <= Self.ageMax, minPosition.map({ known.position >= $0 }) ?? true else { return false }
        // Another question can have brought it further than this one's reading is.
        if known.position >= reading.position { return age == 0 || known.position > reading.position }
        return reading.position.rawValue - known.position.rawValue > Self.eventsAtOnce
    }
}

extension Ledger {
    /// The register at a reading's moment.
    fileprivate func nextGeneration(
        after last: ExceptionGeneration?, _ reading: Reading
    ) async throws(QueryFault) -> ExceptionGeneration {
        guard let last, last.holds(at: reading), let changes = try await changes(since: last, reading) else {
            let directory = projection.lock.withLock { $0.directory }
            return try await reading.wholeRegister(directory.nextChange(after: reading.asOf.at))
        }
        var next = ExceptionGeneration(last, at: reading)
        let before = Reading(
            projection: projection, serving: reading.serving, order: reading.order, asOf: last.asOf, view: last.view,
            position: last.position)
        // A campaign's own entries are another only where its own events are, or those of an influencer who names it.
        var campaigns = changes.campaigns
        for (number, id) in changes.influencers.sorted().enumerated() {
            if number % Reading.itemsPerTurn == 0 { try await reading.giveWay() }
            let (was, now) = (try before.evidence(ofInfluencer: id), try reading.evidence(ofInfluencer: id))
            if !was.isEmpty { next.costs.add(Situation(was, before.view), -1) }
            next.take(id, now)
            campaigns.formUnion(was.namedCampaigns + now.namedCampaigns)
        }
        for (number, id) in campaigns.sorted().enumerated() {
            if number % Reading.itemsPerTurn == 0 { try await reading.giveWay() }
            try await reading.addCampaign(id, reading.evidence(ofCampaign: id), to: &next)
        }
        try await next.sort(reading)
        try reading.checkOrder()
        return next
    }

    /// Whose events were recorded since a generation, or for whom time alone changes something; nil where everyone has to
    /// be worked out anew.
    private func changes(
        since last: ExceptionGeneration, _ reading: Reading
    ) async throws(QueryFault) -> ExceptionChanges? {
        guard reading.position.rawValue - last.position.rawValue <= ExceptionRegister.eventsMax else { return nil }
        var changes = ExceptionChanges()
        for (subject, next) in last.wakes where next <= reading.asOf.at { changes.note(subject) }
        var position = last.position
        while position < reading.position {
            try await reading.giveWay()
            do {
                try log.read(from: position.next, limit: ExceptionChanges.recordsPerTurn) { found, record in
                    guard found <= reading.position else { return .stop }
                    position = found
                    changes.note(record)
                    return .proceed
                }
            } catch {
                throw QueryFault(error)
            }
        }
        // Each is worked out twice, as they were and as they are.
        return changes.isEveryone || 2 * changes.influencers.count > last.influencerCount ? nil : changes
    }
}

/// Who may have other exceptions than before.
private struct ExceptionChanges {
    var influencers: Set<String> = []
    /// Because of events of their own.
    var campaigns: Set<String> = []
    /// Whether the directory was changed, and with it what holds for anyone.
    var isEveryone = false

    /// Records read before others have their turn.
    static let recordsPerTurn = 4096

    mutating func note(_ subject: LedgerException.Subject) {
        switch subject {
        case .influencer(let id): influencers.insert(id)
        case .campaign(let id): campaigns.insert(id)
        }
    }

    mutating func note(_ record: RecordView) {
        switch record.subjectKind {
        case .influencer: influencers.insert(String(decoding: record.subjectID, as: UTF8.self))
        case .campaign:
            campaigns.insert(String(decoding: record.subjectID, as: UTF8.self))
            if record.typeCode != EventType.adflightRecorded.rawValue { isEveryone = true }
        case .policy: isEveryone = true
        }
    }
}

extension ExceptionGeneration {
    /// Whether new facts of influencers and flights, and `wakes`, are all that can have changed it up to a reading's moment.
    fileprivate func holds(at reading: Reading) -> Bool {
        asOf.at <= reading.asOf.at && asOf.at.day == reading.asOf.at.day && position <= reading.position
            && directoryNextChange.map { reading.asOf.at < $0 } ?? true
    }
}

extension Reading {
    /// The register worked out of everyone's facts.
    func wholeRegister(_ directoryNextChange: Instant?) async throws(QueryFault) -> ExceptionGeneration {
        var register = ExceptionGeneration(self, directoryNextChange: directoryNextChange)
        try await forEachIdentifier([ViewKeys.influencer]) { (id) throws(QueryFault) in
            register.influencerCount += 1
            register.take(id, try evidence(ofInfluencer: id))
        }
        try await eachCampaign(in: Scope()) { (id, own) async throws(QueryFault) in
            try await addCampaign(id, own, to: &register)
        }
        try await register.sort(self)
        try checkOrder()
        return register
    }

    /// Works out a campaign's own entries.
    fileprivate func addCampaign(
        _ id: String, _ own: CampaignEvidence, to register: inout ExceptionGeneration
    ) async throws(QueryFault) {
        let isWithin = view.campaign(id).map { register.costs.isWithin($0.budget, id, own) } ?? false
        let found = try await exceptions(ofCampaign: id, own, isWithinBudget: isWithin)
        register.take(found, ofCampaign: id, until: own.nextFactTime)
    }
}
