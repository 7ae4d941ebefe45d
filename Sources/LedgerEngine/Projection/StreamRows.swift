import CampaignDomain
import EventLog
import LedgerStore

/// All facts of one stream as of one moment, read from the committed rows and the overlays.
struct StreamRows: Sendable {
    /// Facts in the order of their positions, in a few pieces.
    let pieces: [[UInt8]]

    var isEmpty: Bool { pieces.isEmpty }

    init(pieces: [[UInt8]]) {
        self.pieces = pieces
    }

    /// Joins committed pieces and the overlays'. `views/` may already hold what the frozen overlay still lists: facts at
    /// or before its position are skipped there.
    init(snapshot: any ViewSnapshot, overlays: [[UInt8]], key: [UInt8]) throws(StoreError) {
        var pieces: [[UInt8]] = []
        _ = try key.withBytes { (key) throws(StoreError) in
            try snapshot.forEachPiece(of: key) { pieces.append(Array($0)) }
        }
        for overlay in overlays {
            let fresh = StreamRows.facts(of: overlay, after: snapshot.position.rawValue)
            if !fresh.isEmpty { pieces.append(fresh) }
        }
        self.pieces = pieces
    }

    /// The facts behind a position. They are in order, so all of it or a tail.
    private static func facts(of bytes: [UInt8], after position: UInt64) -> [UInt8] {
        let start = bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count, let fact = bytes.baseAddress.map({ $0 + offset }) {
                if FactFormat.position(at: fact).rawValue > position { break }
                offset += FactFormat.length(at: fact)
            }
            return offset
        }
        return start == 0 ? bytes : Array(bytes[start...])
    }
}
