import CampaignDomain
import EventLog
import LedgerStore

/// All facts of one stream as of one moment, read from the committed rows and the overlays.
struct StreamRows: Sendable {
    /// Facts in the order of their positions, in a few pieces.
    let pieces: [[UInt8]]

    var isEmpty: Bool { pieces.isEmpty }

    /// Joins committed rows and overlay pieces. `views/` may already hold what the frozen overlay still lists: facts at
    /// or before `committed` are skipped there.
    init(snapshot: any ViewSnapshot, overlays: [[UInt8]], key: [UInt8]) throws(StoreError) {
        var newest: [UInt8]?
        var pieces: [[UInt8]] = []
        var damage: StoreError?
        try key.withBytes { (start) throws(StoreError) in
            try snapshot.scan(from: start) { row in
                guard row.key.starts(withBytes: key) else { return .stop }
                let isNewest = row.key.count == key.count
                guard isNewest || row.key[key.count] == ViewKeys.separator else { return .stop }
                do throws(StoreError) {
                    let facts = Array(try RowSeal.facts(of: row))
                    if isNewest { newest = facts } else { pieces.append(facts) }
                    return .proceed
                } catch {
                    damage = error
                    return .stop
                }
            }
        }
        if let damage { throw damage }
        if let newest { pieces.append(newest) }
        let committed = snapshot.position.rawValue
        for overlay in overlays {
            let fresh = StreamRows.facts(of: overlay, after: committed)
            if !fresh.isEmpty { pieces.append(fresh) }
        }
        self.pieces = pieces
    }

    /// The facts behind a position. They are in order, so all of it or a tail.
    private static func facts(of bytes: [UInt8], after position: UInt64) -> [UInt8] {
        var offset = 0
        while offset < bytes.count {
            let length = 2 + Int(bytes[offset]) + Int(bytes[offset + 1]) << 8
            let own = (0..<5).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + 11 + $1]) << UInt64(8 * $1) }
            if own > position { return offset == 0 ? bytes : Array(bytes[offset...]) }
            offset += length
        }
        return []
    }
}
