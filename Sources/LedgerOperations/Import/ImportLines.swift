import CampaignCoding

/// Cuts the bytes of a file into chunks of whole lines, without the blank ones, and knows the lines' numbers.
struct ImportLines {
    /// Some lines, ended by LF each, and padded for the parser.
    struct Chunk {
        var bytes: [UInt8] = []
        /// From 1, in the file.
        var lineNumbers: [Int] = []
    }

    /// Bytes of a chunk at least, unless the file ends; a commit of the log is made of it.
    static let chunkBytes = 4 << 20
    private static let linesMax = CodingLimits.requestEventsMax

    private var waiting: [UInt8] = []
    private var start = 0
    /// Lines given out, blank ones too.
    private(set) var takenLines = 0
    /// Bytes given out.
    private(set) var takenBytes: UInt64 = 0

    var waitingBytes: Int { waiting.count - start }

    mutating func add(_ bytes: [UInt8]) {
        if start > 0 {
            waiting.removeSubrange(..<start)
            start = 0
        }
        waiting.append(contentsOf: bytes)
    }

    /// The next chunk; nil until there are bytes for one, and at the end when there is nothing left.
    mutating func next(isAtEnd: Bool) -> Chunk? {
        guard waitingBytes >= Self.chunkBytes || isAtEnd && waitingBytes > 0 else { return nil }
        var chunk = Chunk()
        while start < waiting.count, chunk.lineNumbers.count < Self.linesMax, chunk.bytes.count < Self.chunkBytes {
            guard let end = endOfLine(isAtEnd: isAtEnd) else { break }
            takenLines += 1
            let line = waiting[start..<end]
            let next = min(end + 1, waiting.count)
            takenBytes += UInt64(next - start)
            start = next
            guard line.contains(where: { $0 > 0x20 }) else { continue }
            chunk.bytes.append(contentsOf: line)
            chunk.bytes.append(UInt8(ascii: "\n"))
            chunk.lineNumbers.append(takenLines)
        }
        guard !chunk.lineNumbers.isEmpty else { return nil }
        chunk.bytes.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        return chunk
    }

    private func endOfLine(isAtEnd: Bool) -> Int? {
        let found = waiting.withUnsafeBytes { $0.firstOffset(of: UInt8(ascii: "\n"), from: start) }
        return found ?? (isAtEnd ? waiting.count : nil)
    }
}
