import CampaignDomain
import EventLog
import LedgerStore

/// The read models as they are now: committed rows, and the facts folded since, in up to two overlays (one of them
/// frozen while a checkpoint takes it to `views/`). All at one position.
///
/// Invariants: P1 under the lock, rows(views/) + frozen + active = fold of the log up to `position`. That also holds
/// when `views/` already contains the frozen facts, since a row is joined by position (`StreamRows`): a snapshot taken
/// under the lock is never behind what the overlays leave out. P2 the directory is that of `position`.
final class Projection: Sendable {
    struct State {
        var active = Overlay()
        var frozen: Overlay?
        /// The position of the last fact in `frozen`.
        var frozenPosition = Position.beforeFirst
        var position: Position
        /// The views that serve; a question keeps to those with which it began.
        var serving: ServingRows
        var directory: Directory
        /// Grows with each fact of the directory: cached views of it name the version they are of.
        var directoryVersion: UInt64 = 0
        /// Whose facts the lists do not know yet.
        var listMarks = ListMarks()
    }

    let views: any ViewStorage
    let lock: FairLock<State>
    /// How much room the active overlay has; kept up under the lock, so that it is never that of an overlay that was.
    let room: CheckpointRoom

    /// - Parameter overlayBytesMax: bytes of the active overlay at which it takes no more facts.
    init(views: any ViewStorage, overlayBytesMax: Int) throws(StoreError) {
        self.views = views
        room = CheckpointRoom(bytesMax: overlayBytesMax)
        lock = FairLock(
            State(
                position: views.position, serving: ServingRows(views),
                directory: try Projection.directory(of: views.snapshot())))
    }

    /// The position the read models stand at.
    var position: Position { lock.withLock { $0.position } }

    /// The directory from the committed rows of campaigns and policies.
    static func directory(of snapshot: any ViewSnapshot) throws(StoreError) -> Directory {
        var directory = Directory()
        for kind in [CampaignDomain.SubjectKind.campaign, .policy] {
            for key in try snapshot.keys([ViewKeys.prefix(of: kind)]) {
                let rows = try StreamRows(snapshot: snapshot, overlays: [], key: key)
                let id = String(decoding: key.dropFirst(), as: UTF8.self)
                for piece in rows.pieces {
                    var reader = FactReader(piece)
                    while !reader.isAtEnd { directory.insert(reader.readFact(), kind: kind, id: id) }
                }
            }
        }
        return directory
    }
}

extension Directory {
    /// Takes in what an overlay has of campaigns and policies behind a position.
    mutating func insert(_ overlay: Overlay, after position: Position) {
        for row in overlay.rows {
            let key = overlay.key(of: row)
            guard
                let kind = [CampaignDomain.SubjectKind.campaign, .policy].first(where: {
                    ViewKeys.prefix(of: $0) == key[0]
                })
            else { continue }
            let id = String(decoding: key.dropFirst(), as: UTF8.self)
            var reader = FactReader(overlay.facts(of: row))
            while !reader.isAtEnd {
                let fact = reader.readFact()
                if fact.position.rawValue > position.rawValue { insert(fact, kind: kind, id: id) }
            }
        }
    }
}

extension ViewSnapshot {
    /// All keys behind a prefix, in order.
    fileprivate func keys(_ prefix: [UInt8]) throws(StoreError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        try prefix.withBytes { (start) throws(StoreError) in
            try scanKeys(from: start) { key in
                guard key.starts(withBytes: prefix) else { return .stop }
                keys.append(Array(key))
                return .proceed
            }
        }
        return keys
    }
}
