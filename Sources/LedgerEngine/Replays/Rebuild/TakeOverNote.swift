import EventLog

/// What lies in a directory that took over: which replay let it, and what that had to say. So a later attempt of the same
/// replay knows what is already done, and does not do it twice: going back twice would be going nowhere.
///
///     replay 3 position 1000 rows 40 sha256 … differences 0
struct TakeOverNote: Equatable {
    let replay: UInt64
    let result: RebuildResult

    private static let keys = ["replay", "position", "rows", "sha256", "differences"]

    init(replay: UInt64, result: RebuildResult) {
        (self.replay, self.result) = (replay, result)
    }

    /// Nil if it is not such a text.
    init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let keys = stride(from: 0, to: words.count, by: 2).map { words[$0] }
        guard words.count == 2 * Self.keys.count, keys == Self.keys, let replay = UInt64(words[1]),
            let position = UInt64(words[3]), let rows = UInt64(words[5]), let differences = UInt64(words[9])
        else { return nil }
        self.init(
            replay: replay,
            result: RebuildResult(
                position: Position(position), rows: rows, sha256: words[7], differences: differences))
    }

    var text: String {
        "replay \(replay) position \(result.position) rows \(result.rows) sha256 \(result.sha256) "
            + "differences \(result.differences)\n"
    }
}
