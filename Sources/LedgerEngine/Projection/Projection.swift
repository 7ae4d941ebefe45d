import CampaignDomain
import EventLog
import LedgerStore

/// The read models as they are now: committed rows, and the facts folded since, in up to two overlays (one of them
/// frozen while a checkpoint takes it to `views/`). All at one position.
///
/// Invariants: P1 under the lock, rows(views/) + frozen + active = fold of the log up to `position`. That also holds
/// when `views/` already contains the frozen facts, since a row is joined by position (`StreamRows`): a snapshot begun
/// under the lock is never behind what the overlays leave out. P2 the directory is that of `position`.
final class Projection: Sendable {
    struct State {
        var active = Overlay()
        var frozen: Overlay?
        /// The position of the last fact in `frozen`.
        var frozenPosition = Position.beforeFirst
        var position: Position
        var directory: Directory
        /// Grows with each fact of the directory: cached views of it name the version they are of.
        var directoryVersion: UInt64 = 0
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
            State(position: views.position, directory: try Projection.loadDirectory(from: views)))
    }

    /// The position the read models stand at.
    var position: Position { lock.withLock { $0.position } }

    /// Adds the facts of consecutive events and moves on to the last one's position.
    func add(_ facts: FoldedFacts) {
        lock.withLock { state in
            facts.keys.withUnsafeBytes { keys in
                facts.writer.bytes.withUnsafeBytes { bytes in
                    for addition in facts.additions {
                        let key = UnsafeRawBufferPointer(rebasing: keys[addition.key])
                        state.active.append(UnsafeRawBufferPointer(rebasing: bytes[addition.fact]), to: key)
                        if !addition.link.isEmpty {
                            state.active.touch(UnsafeRawBufferPointer(rebasing: keys[addition.link]))
                        }
                        if addition.kind != .influencer {
                            state.addToDirectory(
                                fact: facts.writer.bytes[addition.fact], kind: addition.kind,
                                id: ViewKeys.identifier(in: key))
                        }
                    }
                }
            }
            state.position = facts.last
            room.update(state.active.byteCount)
        }
    }

    /// The directory from the committed rows of campaigns and policies.
    private static func loadDirectory(from views: any ViewStorage) throws(StoreError) -> Directory {
        var directory = Directory()
        let snapshot = try views.beginRead()
        defer { snapshot.end() }
        var damage: StoreError?
        for kind in [CampaignDomain.SubjectKind.campaign, .policy] {
            let prefix = [ViewKeys.prefix(of: kind)]
            try prefix.withBytes { (start) throws(StoreError) in
                try snapshot.scan(from: start) { row in
                    guard row.key.starts(withBytes: prefix) else { return .stop }
                    do throws(StoreError) {
                        var reader = FactReader(Array(try RowSeal.facts(of: row)))
                        let id = ViewKeys.identifier(in: row.key)
                        while !reader.isAtEnd { directory.insert(reader.readFact(), kind: kind, id: id) }
                        return .proceed
                    } catch {
                        damage = error
                        return .stop
                    }
                }
            }
        }
        if let damage { throw damage }
        return directory
    }
}

extension Projection.State {
    fileprivate mutating func addToDirectory(
        fact: ArraySlice<UInt8>, kind: CampaignDomain.SubjectKind, id: String
    ) {
        var reader = FactReader(Array(fact))
        directory.insert(reader.readFact(), kind: kind, id: id)
        directoryVersion += 1
    }
}

extension Directory {
    fileprivate mutating func insert(_ fact: Fact, kind: CampaignDomain.SubjectKind, id: String) {
        switch kind {
        case .campaign:
            insert(fact, campaignID: id)
        case .policy:
            guard let policy = PolicyKind.allCases.first(where: { "\($0)" == id }) else {
                preconditionFailure("no policy kind is called \(id)")
            }
            insert(fact, policy: policy)
        case .influencer:
            preconditionFailure("an influencer's facts are no part of the directory")
        }
    }
}
