/// Redis' protocol (RESP2): just enough to skip over replies and to read a number or a text.
enum RESP {
    /// Where the reply that begins at `start` ends; nil while it is not all there.
    /// - Throws: `BenchmarkFault` with the text of an error reply, also one inside an array.
    static func end(of bytes: UnsafeRawBufferPointer, from start: Int = 0) throws -> Int? {
        var position = start
        var pending = 1
        while pending > 0 {
            guard let lineEnd = lineEnd(bytes, position) else { return nil }
            pending -= 1
            let length = bytes[position + 1] == UInt8(ascii: "-") ? -1 : bytes.number(at: position + 1) ?? 0
            switch bytes[position] {
            case UInt8(ascii: "+"), UInt8(ascii: ":"): position = lineEnd
            case UInt8(ascii: "$"): position = length < 0 ? lineEnd : lineEnd + length + 2
            case UInt8(ascii: "*"):
                position = lineEnd
                pending += max(length, 0)
            default:
                throw BenchmarkFault("Redis answers \(String(decoding: bytes[position..<lineEnd], as: UTF8.self))")
            }
            guard position <= bytes.count else { return nil }
        }
        return position
    }

    /// Appends a command of texts.
    static func append(_ words: [String], to bytes: inout [UInt8]) {
        bytes.append("*")
        bytes.append(decimal: words.count)
        bytes.append("\r\n")
        for word in words {
            bytes.append("$")
            bytes.append(decimal: word.utf8.count)
            bytes.append("\r\n")
            bytes.append(contentsOf: word.utf8)
            bytes.append("\r\n")
        }
    }

    /// Behind the CR LF that ends the line at `start`.
    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        guard start + 2 < bytes.count + 1 else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[start...]).end(of: "\r\n").map { start + $0 }
    }
}
