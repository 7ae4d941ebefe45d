import LedgerStore

extension Reading {
    /// Identifiers behind a key prefix, in order, after one of them: streams of a kind, or members of a campaign.
    ///
    /// Of an overlay all rows are looked at, so many at a time that nobody waits long for the lock.
    func identifiers(_ prefix: [UInt8], after: String?, limit: Int) throws(QueryFault) -> [String] {
        do {
            let (snapshot, frozen, active) = try projection.lock.withLock { (state) throws(StoreError) in
                try state.parts(of: serving)
            }
            var first = FirstIdentifiers(prefix, after: after, limit: limit)
            if let frozen { add(frozen, isFrozen: true, to: &first) }
            add(active, isFrozen: false, to: &first)
            first.add(try snapshot.identifiers(prefix, after: after, limit: limit))
            return first.sorted
        } catch {
            throw QueryFault(error)
        }
    }

    /// All identifiers behind a prefix, in order, in one pass.
    func allIdentifiers(_ prefix: [UInt8]) throws(QueryFault) -> [String] {
        try identifiers(prefix, after: nil, limit: .max)
    }

    /// Adds those of an overlay, which may be frozen meanwhile.
    private func add(_ overlay: Overlay, isFrozen: Bool, to first: inout FirstIdentifiers) {
        var (isFrozen, start, count) = (isFrozen, 0, 0)
        repeat {
            if !isFrozen {
                projection.lock.withLock { state in
                    isFrozen = state.active !== overlay
                    if !isFrozen { count = first.add(overlay, from: start) }
                }
            }
            if isFrozen { count = first.add(overlay, from: start) }
            first.makeRoom()
            start += count
        } while count > 0
    }
}

/// The first of many identifiers that come in no order, each once, so many as wanted.
private struct FirstIdentifiers {
    private let prefix: [UInt8]
    /// No wanted key is less.
    private let bound: [UInt8]
    private let limit: Int
    /// How many are gathered before those that are not wanted are let go.
    private let roomMax: Int
    private var found: [String] = []
    /// None behind it is wanted; nil: not so many yet.
    private var last: String?

    /// Rows that are looked at under one hold of the projection's lock: some tens of microseconds.
    static let rowsPerHold = 512
    private static let roomMin = 1024

    init(_ prefix: [UInt8], after: String?, limit: Int) {
        self.prefix = prefix
        self.limit = limit
        bound = prefix + (after.map { Array($0.utf8) + [ViewKeys.afterSeparator] } ?? [])
        roomMax = limit > .max / 2 ? .max : max(2 * limit, Self.roomMin)
    }

    /// Adds those of some of an overlay's rows.
    ///
    /// - Parameter start: how many were looked at before.
    /// - Returns: how many were looked at; 0: there are no more.
    mutating func add(_ overlay: Overlay, from start: Int) -> Int {
        let rows = overlay.rows[start...].prefix(Self.rowsPerHold)
        bound.withUnsafeBytes { bound in
            for row in rows {
                let key = overlay.key(of: row)
                guard key.starts(withBytes: prefix), !key.isLess(than: bound) else { continue }
                let rest = UnsafeRawBufferPointer(rebasing: key[prefix.count...])
                let end = rest.firstIndex(of: ViewKeys.separator) ?? rest.count
                add(String(decoding: UnsafeRawBufferPointer(rebasing: rest[..<end]), as: UTF8.self))
            }
        }
        return rows.count
    }

    /// Lets go of those that are not wanted, when there are many.
    mutating func makeRoom() {
        if found.count >= roomMax { cut() }
    }

    mutating func add(_ ids: [String]) {
        for id in ids { add(id) }
    }

    var sorted: [String] {
        var all = self
        all.cut()
        return all.found
    }

    private mutating func add(_ id: String) {
        if let last, last <= id { return }
        // Links of one campaign come one behind the other.
        if found.last != id { found.append(id) }
    }

    private mutating func cut() {
        found.sort()
        var kept: [String] = []
        for id in found where kept.last != id {
            if kept.count == limit { break }
            kept.append(id)
        }
        found = kept
        if found.count == limit { last = found.last }
    }
}

extension ViewSnapshot {
    /// Identifiers behind a prefix, in order. One search each: rows between them are passed over.
    func identifiers(_ prefix: [UInt8], after: String?, limit: Int) throws(StoreError) -> [String] {
        var ids: [String] = []
        var start = prefix
        if let after { start += Array(after.utf8) + [ViewKeys.afterSeparator] }
        while ids.count < limit {
            var found: String?
            try start.withBytes { (start) throws(StoreError) in
                try scanKeys(from: start) { key in
                    guard key.starts(withBytes: prefix) else { return .stop }
                    let rest = key.dropFirst(prefix.count)
                    found = String(decoding: rest.prefix { $0 != ViewKeys.separator }, as: UTF8.self)
                    return .stop
                }
            }
            guard let found else { break }
            ids.append(found)
            start = prefix + Array(found.utf8) + [ViewKeys.afterSeparator]
        }
        return ids
    }
}
