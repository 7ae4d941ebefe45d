import CampaignDomain
import EventLog

/// Entries in the order of the register. They are sorted once, when they come to be, so that a page takes a search and as
/// many steps as it has entries, however many there are.
struct SortedExceptions {
    private(set) var entries: [LedgerException] = []

    /// Entries sorted, compared or copied before others have their turn: about a millisecond of work.
    private static let entriesPerTurn = 1024

    /// The same with other entries of some subjects, which need not be in any order.
    func replacing(
        _ subjects: Set<LedgerException.Subject>, with added: [LedgerException], _ reading: Reading
    ) async throws(QueryFault) -> SortedExceptions {
        let added = try await Self.sorted(added, reading)
        var kept: [LedgerException] = []
        kept.reserveCapacity(entries.count)
        for (number, entry) in entries.enumerated() {
            if number % Self.entriesPerTurn == 0 { try await reading.giveWay() }
            if !subjects.contains(entry.subject) { kept.append(entry) }
        }
        return SortedExceptions(entries: try await Self.merged(kept, added, reading))
    }

    /// Sorted in parts, and these merged.
    private static func sorted(
        _ entries: [LedgerException], _ reading: Reading
    ) async throws(QueryFault) -> [LedgerException] {
        let order = reading.order
        var runs: [[LedgerException]] = []
        for start in stride(from: 0, to: entries.count, by: entriesPerTurn) {
            try await reading.giveWay()
            let part = entries[start..<min(start + entriesPerTurn, entries.count)]
            runs.append(part.sorted { order.precedes($0, $1) })
        }
        while runs.count > 1 {
            var merged: [[LedgerException]] = []
            for first in stride(from: 0, to: runs.count, by: 2) {
                let second = first + 1 < runs.count ? runs[first + 1] : []
                merged.append(try await self.merged(runs[first], second, reading))
            }
            runs = merged
        }
        return runs.first ?? []
    }

    private static func merged(
        _ left: [LedgerException], _ right: [LedgerException], _ reading: Reading
    ) async throws(QueryFault) -> [LedgerException] {
        if left.isEmpty || right.isEmpty { return left.isEmpty ? right : left }
        var merged: [LedgerException] = []
        merged.reserveCapacity(left.count + right.count)
        var next = 0
        for entry in right {
            // The place of each is searched for: where few are added, few are compared.
            let end = left[next...].end(before: entry.place, reading.order)
            while next < end {
                if merged.count % entriesPerTurn == 0 { try await reading.giveWay() }
                merged.append(left[next])
                next += 1
            }
            if merged.count % entriesPerTurn == 0 { try await reading.giveWay() }
            merged.append(entry)
        }
        for entry in left[next...] {
            if merged.count % entriesPerTurn == 0 { try await reading.giveWay() }
            merged.append(entry)
        }
        return merged
    }

    /// The entries on a page, in order.
    ///
    /// - Parameters:
    ///   - kinds: of these kinds; nil: of all.
    ///   - since: open since then or later; nil: all.
    ///   - after: behind this place, whether an entry stands there or not; nil: from the first on.
    ///   - limit: at most so many.
    func page(
        _ kinds: Set<ExceptionKind>?, since: Instant?, after: ExceptionPlace?, limit: Int, _ order: LogIdentityOrder
    ) -> [LedgerException] {
        var page: [LedgerException] = []
        // All of them are sorted as they are.
        let kinds = kinds?.sorted() ?? ExceptionKind.allCases
        let from = since ?? Instant(microseconds: .min)
        for kind in kinds where after.map({ $0.kind <= kind }) ?? true {
            var next = entries.partitioningIndex { $0.kind != kind ? $0.kind > kind : $0.since >= from }
            if let after, after.kind == kind {
                next = max(next, entries.partitioningIndex { order.precedes(after, $0.place) })
            }
            while next < entries.count, entries[next].kind == kind, page.count < limit {
                page.append(entries[next])
                next += 1
            }
        }
        return page
    }
}

extension ArraySlice<LedgerException> {
    /// Where those end that come before a place, in a part that is sorted; looked for from its beginning on, in steps that
    /// double, so that a near end is found in few.
    fileprivate func end(before place: ExceptionPlace, _ order: LogIdentityOrder) -> Int {
        var (low, step) = (startIndex, 1)
        while low + step <= endIndex, order.precedes(self[low + step - 1].place, place) {
            low += step
            step *= 2
        }
        let high = Swift.min(low + step, endIndex)
        return self[low..<high].partitioningIndex { !order.precedes($0.place, place) }
    }
}
