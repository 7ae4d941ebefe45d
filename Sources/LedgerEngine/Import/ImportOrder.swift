import CampaignCoding
import CampaignDomain
import EventLog

/// Holds an import to the order of the export: sequences without a gap, recorded times that never decrease, and
/// retractions that name what they named. Pure.
struct ImportOrder {
    /// Whether the ledger held events before.
    let isAppending: Bool
    private(set) var totals = LedgerImporter.Totals()
    private var lastRecordedTime: Instant
    /// What the file's next event has to say; nil before the first.
    private var next: Position?
    /// Up to here the file's events stand at the positions that they had.
    private var sameThrough = Position.beforeFirst
    private var hasMoved = false

    /// - Parameter lastRecordedTime: of the log's newest event.
    init(isAppending: Bool, lastRecordedTime: Instant) {
        self.isAppending = isAppending
        self.lastRecordedTime = lastRecordedTime
    }

    /// An event of the file in the order of the file, and where it stands or is to stand in this ledger.
    struct Item {
        var index: Int
        var mark: RecordedMark
        var time: Instant
        /// What it retracts.
        var target: Position?
        var position: Position
        var isNew: Bool
    }

    mutating func take(_ item: Item) throws(ImportFault) {
        try checkSequence(item)
        if item.position == item.mark.sequence {
            if !hasMoved { sameThrough = item.position }
        } else {
            hasMoved = true
        }
        guard item.isNew else {
            guard isAppending else {
                throw .event(
                    index: item.index,
                    reason: "it is the same event as that of sequence \(item.position); an export holds each once")
            }
            totals.repeats += 1
            return
        }
        try checkTimes(item)
        // What it names has to be here what it was there.
        if let target = item.target, hasMoved, target > sameThrough {
            throw .event(
                index: item.index,
                reason: "it retracts position \(target), which is another event in this ledger, as events before it "
                    + "got other positions; import the whole export into an empty directory")
        }
        totals.recorded += 1
        if !item.mark.hasPoster { totals.withoutPoster += 1 }
        if item.position != item.mark.sequence { totals.moved += 1 }
    }

    private mutating func checkSequence(_ item: Item) throws(ImportFault) {
        let found = item.mark.sequence
        let expected = next ?? (isAppending ? found : .first)
        guard found == expected else {
            throw .event(
                index: item.index,
                reason:
                    "its sequence is \(found), and \(expected) has to come here: an import takes every event of the "
                    + "log in order")
        }
        next = found.next
    }

    private mutating func checkTimes(_ item: Item) throws(ImportFault) {
        let recorded = item.mark.recordedTime
        guard recorded >= lastRecordedTime else {
            throw .event(
                index: item.index,
                reason: "its recordedtime \(recorded.rfc3339) is before \(lastRecordedTime.rfc3339), that of the event "
                    + "before it; recorded times never decrease")
        }
        guard item.time.microseconds - recorded.microseconds <= CodingLimits.timeAheadMicrosecondsMax else {
            throw .event(
                index: item.index,
                reason: "its time \(item.time.rfc3339) is more than 24 h after its recordedtime \(recorded.rfc3339)")
        }
        lastRecordedTime = recorded
    }
}
