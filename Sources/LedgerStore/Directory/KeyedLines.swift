/// A text of `key: value` lines, each key once, as the small files of a data directory are.
enum KeyedLines {
    /// The values by key.
    /// - Throws: with the sentence that says what is wrong.
    static func read(_ text: String) throws(KeyedLinesFault) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, parts[1].hasPrefix(" "), values[parts[0]] == nil else {
                throw KeyedLinesFault(reason: "the line '\(line)' is no 'key: value', or repeats a key")
            }
            values[parts[0]] = String(parts[1].dropFirst())
        }
        return values
    }
}

/// Why a text is none of `key: value` lines.
struct KeyedLinesFault: Error {
    let reason: String
}
