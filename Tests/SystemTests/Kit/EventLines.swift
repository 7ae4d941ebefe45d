/// The lines of events, with the places of their members; nothing is decoded, so that bytes can be compared.
struct EventLines {
    /// A line's member values as they stand, quotes included.
    struct Line {
        var id: Range<Int>
        var source: Range<Int>
        var data: Range<Int>
        /// Of a recorded event.
        var sequence: Range<Int>?
    }

    let bytes: [UInt8]
    private(set) var lines: [Line] = []

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        lines = try bytes.withUnsafeBufferPointer { bytes in
            var lines: [Line] = []
            var scanner = MemberScanner(bytes: bytes)
            while let line = try scanner.nextLine() { lines.append(line) }
            return lines
        }
    }

    func data(_ line: Line) -> ArraySlice<UInt8> { bytes[line.data] }

    func position(_ line: Line) -> UInt64? {
        line.sequence.flatMap { UInt64(String(decoding: bytes[$0].dropFirst().dropLast(), as: UTF8.self)) }
    }

    /// A number for an event's identity (FNV-1a, 64 bits).
    func identity(_ line: Line) -> UInt64 {
        bytes.withUnsafeBufferPointer { bytes in
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for index in line.source { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
            for index in line.id { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
            return hash
        }
    }
}

/// Finds the members of one JSON object a line, which is known to be JSON.
private struct MemberScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var place = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func nextLine() throws -> EventLines.Line? {
        skip { $0 <= 32 }
        guard place < bytes.count else { return nil }
        var id: Range<Int>?
        var source: Range<Int>?
        var data: Range<Int>?
        var sequence: Range<Int>?
        try expect(UInt8(ascii: "{"))
        while bytes[place] != UInt8(ascii: "}") {
            let name = try string()
            skip { $0 == UInt8(ascii: ":") || $0 == 32 }
            let value = try self.value()
            switch name.count {
            case 4 where bytes[name.lowerBound + 1] == UInt8(ascii: "i"): id = value
            case 6 where bytes[name.lowerBound + 1] == UInt8(ascii: "d"): data = value
            case 8 where matches(name, "\"source\""): source = value
            case 10 where matches(name, "\"sequence\""): sequence = value
            default: break
            }
            skip { $0 == UInt8(ascii: ",") || $0 == 32 }
            guard place < bytes.count else { throw SystemFailure("an event's line is cut off") }
        }
        place += 1
        guard let id, let source, let data else { throw SystemFailure("an event without id, source or data") }
        return EventLines.Line(id: id, source: source, data: data, sequence: sequence)
    }

    private func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        text.withUTF8Buffer { zip($0, bytes[range]).allSatisfy { $0 == $1 } }
    }

    private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        while place < bytes.count, isSkipped(bytes[place]) { place += 1 }
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard place < bytes.count, bytes[place] == byte else {
            throw SystemFailure("byte \(place) of the events is not what a JSON object has there")
        }
        place += 1
        skip { $0 == 32 }
    }

    private mutating func string() throws -> Range<Int> {
        let first = place
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard place < bytes.count else { throw SystemFailure("a string of an event is cut off") }
        place += 1
        return first..<place
    }

    private mutating func value() throws -> Range<Int> {
        if bytes[place] == UInt8(ascii: "\"") { return try string() }
        let first = place
        var depth = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                _ = try string()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return first..<place }
                depth -= 1
                if depth == 0 {
                    place += 1
                    return first..<place
                }
            case UInt8(ascii: ",") where depth == 0:
                return first..<place
            default:
                break
            }
            place += 1
        }
        throw SystemFailure("a value of an event is cut off")
    }
}
