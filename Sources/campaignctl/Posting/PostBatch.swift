import NIOCore

/// Some of the input's events, to be posted as one request.
struct PostBatch: Sendable {
    /// The events as NDJSON.
    var body = ByteBuffer()
    /// The input's line number, from 1, of each event.
    var lines: [Int] = []
    /// Bytes of the input that end with this batch, since the batch before.
    var inputBytes = 0

    var isEmpty: Bool { lines.isEmpty }
}

/// What became of a batch.
struct PostOutcome: Sendable {
    let batch: PostBatch
    let result: PostResult
    /// How often it was sent again.
    let retries: Int
}
