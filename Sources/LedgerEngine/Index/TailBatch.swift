import EventLog

/// The index entries of one committed batch: immutable, read by the writer, the indexer and queries.
final class TailBatch: Sendable {
    /// The position of the batch's last event.
    let last: Position
    let identity: [IndexEntry]
    let stream: [IndexEntry]

    init(last: Position, identity: [IndexEntry], stream: [IndexEntry]) {
        self.last = last
        self.identity = identity
        self.stream = stream
    }
}
