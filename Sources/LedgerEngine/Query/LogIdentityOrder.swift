import CampaignDomain
import EventLog
import LedgerStore
import Synchronization

/// Settles ties in time by (source, id), which only the log knows. Ties are rare, so the records are read when asked; what
/// was read is remembered for a while, since sorting asks for the same ones again and again.
final class LogIdentityOrder: IdentityOrder, Sendable {
    private typealias Identity = (source: [UInt8], id: [UInt8])

    private struct State {
        var failure: StoreError?
        var remembered: [UInt64: Identity] = [:]
    }

    private let log: any LogStorage
    private let state = Mutex(State())

    /// Identities remembered: some 5 MB at most, while a question is worked out.
    private static let rememberedMax = 32_768

    init(log: any LogStorage) {
        self.log = log
    }

    /// Set when a record could not be read: the answer that was being worked out must not be given.
    var failure: StoreError? { state.withLock { $0.failure } }

    func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool {
        guard let left = identity(at: a), let right = identity(at: b) else { return a < b }
        if left.source != right.source { return left.source.lexicographicallyPrecedes(right.source) }
        return left.id.lexicographicallyPrecedes(right.id)
    }

    private func identity(at position: FactPosition) -> Identity? {
        if let known = state.withLock({ $0.remembered[position.rawValue] }) { return known }
        do throws(StoreError) {
            let found = try log.withRecord(at: Position(position.rawValue)) { (Array($0.source), Array($0.id)) }
            guard let found else { throw StoreError.missingRecord(Position(position.rawValue)) }
            let identity = (source: found.0, id: found.1)
            state.withLock { state in
                if state.remembered.count >= Self.rememberedMax { state.remembered = [:] }
                state.remembered[position.rawValue] = identity
            }
            return identity
        } catch {
            state.withLock { $0.failure = $0.failure ?? error }
            return nil
        }
    }
}
