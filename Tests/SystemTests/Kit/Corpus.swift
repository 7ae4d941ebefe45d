import Foundation

/// The real corpus of the shared folder.
enum Corpus {
    static let eventsCount = 123_985
    /// The instant at which it is judged.
    static let at = "2026-11-01T00:00:00Z"

    /// Its lines one after another, unpacked.
    static func bytes() throws -> [UInt8] {
        let file = Places.shared.appendingPathComponent("data/instagram-corpus.ndjson.gz").path
        let unpacked = try Subprocess.run("/bin/zcat", [file], timeoutSeconds: 60)
        try require(unpacked.status == 0, "zcat: \(unpacked.errors)")
        return unpacked.output
    }

    /// The same line by line, without the line feeds.
    static func lines() throws -> [ArraySlice<UInt8>] {
        let bytes = try bytes()
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while start < bytes.count {
            let length = bytes.withUnsafeBytes { bytes -> Int in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                guard let base = rest.baseAddress, let end = memchr(base, 10, rest.count) else { return rest.count }
                return UnsafeRawPointer(end) - base
            }
            if length > 0 { lines.append(bytes[start..<start + length]) }
            start += length + 1
        }
        try require(lines.count == eventsCount, "the corpus has \(lines.count) lines")
        return lines
    }
}
