import CampaignDomain
import EventLog
import LedgerStore

/// Compares the rows of two snapshots at the same position, in key order, and names each one that differs.
struct RowComparison {
    /// Rows that differ, are missing, are too many, or cannot be read.
    private(set) var differences: UInt64 = 0
    /// Rows of the expected snapshot that were compared.
    private(set) var rows: UInt64 = 0
    private let progress: ReplayProgress
    private var meter: ReplayMeter

    init(_ progress: ReplayProgress) {
        self.progress = progress
        meter = ReplayMeter(progress)
    }

    /// - Parameters:
    ///   - expected: rows that were folded from the log just now.
    ///   - found: rows that serve; those which cannot be read count as different.
    mutating func compare(expected: any ViewSnapshot, found: any ViewSnapshot) throws {
        var left = RowPages(expected)
        var right = RowPages(found)
        meter.begin()
        while true {
            try left.fill()
            try right.fill()
            guard let expected = left.first ?? right.first else { return }
            if let served = right.first, left.first.map({ served.key.lexicographicallyPrecedes($0.key) }) ?? true {
                note(.surplus, served, "the log says nothing of it")
                right.drop()
            } else if let served = right.first, served.key == expected.key {
                compare(expected, served)
                left.drop()
                right.drop()
            } else {
                note(.missing, expected, "it is not there, and the log says it is")
                left.drop()
            }
            if left.isAtPageEnd { progress.advance(by: UInt64(left.pageCount)) }
            if left.isAtPageEnd || right.isAtPageEnd { try meter.pause() }
        }
    }

    private mutating func compare(_ expected: RowPages.Row, _ served: RowPages.Row) {
        rows += 1
        guard let value = served.value else {
            return note(.damaged, served, served.fault ?? "its bytes are not what was written")
        }
        guard let wanted = expected.value, wanted != value else { return }
        let start = zip(wanted, value).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        note(
            .different, served,
            start.map { "byte \($0) of \(value.count) is another one than the log says" }
                ?? "it has \(value.count) bytes, and the log says \(wanted.count)")
    }

    private mutating func note(_ kind: ReplayFinding.Kind, _ row: RowPages.Row, _ text: String) {
        differences += 1
        let subject = ViewKeys.name(ofRow: row.key)
        progress.find(ReplayFinding(.views, kind, subject: subject, "the row of \(subject): \(text)"))
    }
}

/// The rows of a snapshot, a page at a time. One that cannot be read is there without its value.
private struct RowPages {
    struct Row {
        let key: [UInt8]
        /// Nil if it cannot be read.
        let value: [UInt8]?
        var fault: String?
    }

    private let snapshot: any ViewSnapshot
    private var page: ArraySlice<Row> = []
    private(set) var pageCount = 0
    /// Where the next page begins; nil behind the last row.
    private var start: [UInt8]? = [0]

    private static let rowsMax = 256
    private static let bytesMax = 1 << 20

    init(_ snapshot: any ViewSnapshot) {
        self.snapshot = snapshot
    }

    var first: Row? { page.first }
    var isAtPageEnd: Bool { page.isEmpty }

    mutating func drop() {
        page.removeFirst()
    }

    /// Reads the next page if this one is used up.
    mutating func fill() throws(StoreError) {
        guard page.isEmpty, let start else { return }
        var rows: [Row] = []
        var bytes = 0
        do throws(StoreError) {
            try start.withBytes { (from) throws(StoreError) in
                try snapshot.scanRows(from: from) { row in
                    rows.append(Row(key: Array(row.key), value: Array(row.value)))
                    bytes += row.value.count
                    return rows.count < Self.rowsMax && bytes < Self.bytesMax ? .proceed : .stop
                }
            }
        } catch {
            guard case .corruptFold = error else { throw error }
            rows = try oneByOne(from: start)
        }
        // The least key behind another one.
        self.start = rows.last.map { $0.key + [0] }
        pageCount = rows.count
        page = rows[...]
    }

    /// The same rows where one of them cannot be read.
    private func oneByOne(from start: [UInt8]) throws(StoreError) -> [Row] {
        var keys: [[UInt8]] = []
        try start.withBytes { (from) throws(StoreError) in
            try snapshot.scanKeys(from: from) { key in
                keys.append(Array(key))
                return keys.count < Self.rowsMax ? .proceed : .stop
            }
        }
        var rows: [Row] = []
        for key in keys {
            var value: [UInt8] = []
            do throws(StoreError) {
                _ = try key.withBytes { (key) throws(StoreError) in
                    try snapshot.forEachPiece(of: key) { value.append(contentsOf: $0) }
                }
                rows.append(Row(key: key, value: value))
            } catch {
                guard case .corruptFold(_, let reason) = error else { throw error }
                rows.append(Row(key: key, value: nil, fault: reason))
            }
        }
        return rows
    }
}

extension ViewKeys {
    /// What a row is called for people: `influencer/i-1`, `campaign/c-1`, `policy/trust`, and a link
    /// `campaign/c-1 member i-1`.
    static func name(ofRow key: [UInt8]) -> String {
        guard let prefix = key.first else { return "(a row without a key)" }
        let rest = key.dropFirst()
        if prefix == link {
            let parts = rest.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
            let names = parts.map { String(decoding: $0, as: UTF8.self) }
            return "campaign/\(names[0]) member \(names.count > 1 ? names[1] : "")"
        }
        let kind = CampaignDomain.SubjectKind.allCases.first { self.prefix(of: $0) == prefix }
        return "\(kind?.name ?? "byte \(prefix)")/\(String(decoding: rest, as: UTF8.self))"
    }
}
