import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore

/// Reads a log's records in order and checks each: its bytes, its place, its type and data, its stream, its recorded time.
struct RecordsCheck {
    private let log: any LogStorage
    private let progress: ReplayProgress
    private let decoder: FactDecoder
    private var writer = FactWriter()
    private var meter: ReplayMeter
    private var digest = RecordsDigest()
    private var newestRecordedTime = Int64.min
    /// The last position that was read, or found unreadable.
    private(set) var position = Position.beforeFirst
    /// The first record that cannot be folded; nil if all can.
    private(set) var firstUnfoldable: Position?

    init(_ log: any LogStorage, _ tables: CatalogueTables, _ progress: ReplayProgress) {
        self.log = log
        self.progress = progress
        decoder = FactDecoder(tables: tables)
        meter = ReplayMeter(progress)
    }

    /// Records that could be read.
    var records: UInt64 { digest.count }
    /// Of those.
    var sha256: String { digest.sha256 }

    /// Goes on up to a position, which the log has.
    mutating func read(through last: Position) throws {
        meter.begin()
        while position < last {
            let before = position
            do throws(StoreError) {
                let count = min(LMDBLogStorage.pageRecords, Int(last.rawValue - position.rawValue))
                try log.read(from: position.next, limit: count) { at, record in
                    check(record, at: at)
                    position = at
                    return .proceed
                }
            } catch {
                try noteUnreadable(error, through: last)
            }
            progress.advance(by: position.rawValue - before.rawValue, to: position)
            try meter.pause()
        }
    }

    private mutating func noteUnreadable(_ error: StoreError, through last: Position) throws(StoreError) {
        switch error {
        case .corruptRecord(let at, let reason):
            find(.damaged, at, "the record at position \(at) is damaged: \(reason)")
            position = at
        case .missingRecord(let at):
            find(.missing, at, "the log has no record at position \(at), though its head is beyond")
            position = at
        case .storage(_, let cause):
            // The tree that leads to the records: what lies behind cannot be told apart any more.
            find(.damaged, position.next, "the log cannot be read from position \(position.next) on: \(cause)")
            position = last
        default: throw error
        }
    }

    private mutating func check(_ record: RecordView, at: Position) {
        digest.add(record)
        if record.recordedTimeMicroseconds < newestRecordedTime {
            progress.find(
                ReplayFinding(
                    .log, .different, position: at, "the event at position \(at) was recorded before the one before it")
            )
        }
        newestRecordedTime = max(newestRecordedTime, record.recordedTimeMicroseconds)
        writer.removeAll()
        do throws(RecordDecodingError) {
            _ = try decoder.appendFact(of: record, position: at, to: &writer)
        } catch {
            return find(.damaged, at, "the event at position \(at) cannot be read: \(error.reason)")
        }
        if !decoder.namesOwnStream(record) {
            progress.find(
                ReplayFinding(
                    .log, .different, position: at, subject: record.streamName,
                    "the event at position \(at) lies in the stream \(record.streamName), but its data names another"))
        }
    }

    /// What keeps the log from being folded.
    private mutating func find(_ kind: ReplayFinding.Kind, _ at: Position, _ text: String) {
        firstUnfoldable = firstUnfoldable ?? at
        progress.find(ReplayFinding(.log, kind, position: at, text))
    }
}

extension RecordView {
    /// The stream as a person names it: `influencer/i-1`.
    var streamName: String {
        let kind = CampaignDomain.SubjectKind(rawValue: subjectKind.rawValue)?.name ?? "stream"
        return "\(kind)/\(String(decoding: subjectID, as: UTF8.self))"
    }

    /// The identity as a person names it: source, a blank, id.
    var identityName: String {
        "\(String(decoding: source, as: UTF8.self)) \(String(decoding: id, as: UTF8.self))"
    }
}
