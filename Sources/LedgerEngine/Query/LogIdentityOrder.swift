import CampaignDomain
import EventLog
import LedgerStore
import Synchronization

/// Settles ties in time by (source, id), which only the log knows. Ties are rare, so the records are read when asked.
final class LogIdentityOrder: IdentityOrder, Sendable {
    private let log: any LogStorage
    private let failureBox = Mutex<StoreError?>(nil)

    init(log: any LogStorage) {
        self.log = log
    }

    /// Set when a record could not be read: the answer that was being worked out must not be given.
    var failure: StoreError? { failureBox.withLock { $0 } }

    func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool {
        guard let left = identity(at: a), let right = identity(at: b) else { return a < b }
        if left.source != right.source { return left.source.lexicographicallyPrecedes(right.source) }
        return left.id.lexicographicallyPrecedes(right.id)
    }

    private func identity(at position: FactPosition) -> (source: [UInt8], id: [UInt8])? {
        do throws(StoreError) {
            let found = try log.withRecord(at: Position(position.rawValue)) { (Array($0.source), Array($0.id)) }
            if found == nil { throw StoreError.missingRecord(Position(position.rawValue)) }
            return found.map { (source: $0.0, id: $0.1) }
        } catch {
            failureBox.withLock { $0 = $0 ?? error }
            return nil
        }
    }
}
