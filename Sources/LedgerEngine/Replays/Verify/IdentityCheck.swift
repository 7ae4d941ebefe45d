import EventLog
import LedgerStore

/// Looks for identities that were recorded twice: they have equal keys, which lie next to each other in an index that was
/// built from the log. Whether they are equal the records themselves say.
struct IdentityCheck {
    let log: any LogStorage
    let progress: ReplayProgress

    /// Events of one key that are compared with each other; 64 bits of a hash are seldom equal by chance.
    private static let groupMax = 64

    func run(_ scan: any IndexScan) throws {
        var meter = ReplayMeter(progress)
        var pages = EntryPages(scan, .identity)
        var group: [IndexEntry] = []
        while try pages.refill() {
            for entry in pages.page {
                if let first = group.first, first.key != entry.key { group.removeAll(keepingCapacity: true) }
                if !group.isEmpty { try compare(entry, with: group) }
                if group.count < Self.groupMax { group.append(entry) }
            }
            try meter.pause()
        }
    }

    private func compare(_ entry: IndexEntry, with group: [IndexEntry]) throws(StoreError) {
        guard let own = try identity(at: entry.position) else { return }
        for other in group where other.check == entry.check {
            guard try identity(at: other.position) == own else { continue }
            let (first, second) = (min(entry.position, other.position), max(entry.position, other.position))
            progress.find(
                ReplayFinding(
                    .log, .surplus, position: second, subject: own,
                    "the event at position \(second) has the identity of the one at position \(first): \(own)"))
            return
        }
    }

    private func identity(at position: Position) throws(StoreError) -> String? {
        try log.withRecord(at: position) { $0.identityName }
    }
}
