/// One connection's side of a protocol: what a request looks like, and when its answer is whole.
///
/// The same loop (`Traffic`) drives every protocol, so a peer's client costs what ours costs.
protocol Wire: AnyObject {
    /// What has to be said before the first request, blocking.
    func greet(_ socket: Socket) throws

    /// Appends the bytes of a request to `bytes`.
    /// - Returns: what is sent behind them without being copied, if there is anything.
    func encode(_ request: Int, into bytes: inout [UInt8]) throws -> UnsafeRawBufferPointer?

    /// Looks at bytes that arrived and that it has not taken yet.
    /// - Throws: `BenchmarkFault` if the answer is a refusal: a figure with refusals is none.
    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken
}

extension Wire {
    func greet(_ socket: Socket) throws {}
}

/// What a wire made of bytes that arrived.
struct Taken {
    enum Answer {
        /// More has to arrive.
        case partial
        case whole
        /// The server takes nothing at the moment: to be sent again.
        case busy
    }

    /// Bytes, from the first on, that are done with.
    var bytes: Int
    var answer: Answer
}
