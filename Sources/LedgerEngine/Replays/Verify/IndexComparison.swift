import Crypto
import EventLog
import LedgerStore

/// Compares the entries of two indexes at the same position in order, and names each one that differs.
struct IndexComparison {
    private let log: any LogStorage
    private let progress: ReplayProgress
    private var meter: ReplayMeter
    /// Entries that serve.
    private(set) var entries: UInt64 = 0
    private var hash = SHA256()
    private var expectedHash = SHA256()
    private var isReadable = true

    static let pageEntries = 16_384

    init(_ log: any LogStorage, _ progress: ReplayProgress) {
        self.log = log
        self.progress = progress
        meter = ReplayMeter(progress)
    }

    /// Of what serves, in 64 hexadecimal digits; empty if it could not be read to its end.
    var sha256: String { isReadable ? ViewsDigest.text(hash) : "" }
    /// Of what the log says.
    var expectedSHA256: String { ViewsDigest.text(expectedHash) }

    mutating func compare(expected: any IndexScan, found: any IndexScan) throws {
        meter.begin()
        for family in IndexFamily.allCases { try compare(family, expected, found) }
    }

    private mutating func compare(_ family: IndexFamily, _ expected: any IndexScan, _ found: any IndexScan) throws {
        var (wanted, served) = (EntryPages(expected, family), EntryPages(found, family))
        while true {
            if try wanted.fill() { Self.add(wanted.page, to: &expectedHash) }
            guard try fill(&served, family) else {
                // The rest of what the log says, for its digest.
                while try wanted.refill() { Self.add(wanted.page, to: &expectedHash) }
                return
            }
            guard wanted.first != nil || served.first != nil else { return }
            try step(family, &wanted, &served)
            try meter.pause()
        }
    }

    /// - Returns: false if what serves cannot be read any further, which is a finding.
    private mutating func fill(_ served: inout EntryPages, _ family: IndexFamily) throws(StoreError) -> Bool {
        let isFresh: Bool
        do throws(StoreError) {
            isFresh = try served.fill()
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            progress.find(ReplayFinding(.index, .damaged, "the index of \(family.name): \(reason)"))
            isReadable = false
            return false
        }
        if isFresh {
            Self.add(served.page, to: &hash)
            entries += UInt64(served.page.count)
        }
        return true
    }

    /// Goes on to the end of one of the two pages.
    private mutating func step(
        _ family: IndexFamily, _ wanted: inout EntryPages, _ served: inout EntryPages
    ) throws(StoreError) {
        repeat {
            switch (wanted.first, served.first) {
            case (let left?, let right?) where left == right:
                wanted.drop()
                served.drop()
            case (let left?, let right?) where left < right:
                try note(.missing, left, family)
                wanted.drop()
            case (_, let right?):
                try note(.surplus, right, family)
                served.drop()
            case (let left?, nil):
                try note(.missing, left, family)
                wanted.drop()
            case (nil, nil): return
            }
        } while (wanted.first != nil || wanted.isAtEnd) && (served.first != nil || served.isAtEnd)
    }

    private func note(_ kind: ReplayFinding.Kind, _ entry: IndexEntry, _ family: IndexFamily) throws(StoreError) {
        let name = try log.withRecord(at: entry.position) { record in
            family == .identity ? record.identityName : record.streamName
        }
        let text =
            kind == .missing
            ? "the index of \(family.name) has no entry for \(name ?? "an event") at position \(entry.position)"
            : "the index of \(family.name) has an entry that leads to position \(entry.position), of which the log says "
                + "nothing"
        progress.find(ReplayFinding(.index, kind, position: entry.position, subject: name, text))
    }

    private static func add(_ page: ArraySlice<IndexEntry>, to hash: inout SHA256) {
        page.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
}

/// The entries of an index, a page at a time.
struct EntryPages {
    private let scan: any IndexScan
    private let family: IndexFamily
    private(set) var page: ArraySlice<IndexEntry> = []
    private(set) var isAtEnd = false

    init(_ scan: any IndexScan, _ family: IndexFamily) {
        self.scan = scan
        self.family = family
    }

    var first: IndexEntry? { page.first }

    mutating func drop() {
        page.removeFirst()
    }

    /// Reads the next page if this one is used up.
    ///
    /// - Returns: whether it did, and there was one.
    mutating func fill() throws(StoreError) -> Bool {
        guard page.isEmpty, !isAtEnd else { return false }
        return try refill()
    }

    /// Reads the next page, whatever is left of this one.
    mutating func refill() throws(StoreError) -> Bool {
        page = try scan.next(family, limit: IndexComparison.pageEntries)[...]
        isAtEnd = page.isEmpty
        return !isAtEnd
    }
}

extension IndexFamily {
    /// For people.
    var name: String {
        switch self {
        case .identity: "identities"
        case .stream: "streams"
        }
    }
}
