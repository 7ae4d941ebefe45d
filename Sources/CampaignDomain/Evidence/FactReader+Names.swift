// How evidence is read: names become numbers, what no projection needs is skipped.

/// The start of a stored fact.
struct FactHeader {
    let type: EventType
    let stamp: Stamp
    /// Where the next fact starts.
    let end: Int
}

extension FactReader {
    /// Reads a fact's header and stops at its payload.
    mutating func readHeader() -> FactHeader {
        let length = Int(readFixed(bytes: FactFormat.lengthBytes))
        let end = index + length
        let type = EventType(rawValue: UInt16(readByte()))
        let time = readInstant()
        return FactHeader(
            type: type, stamp: Stamp(time: time, position: FactPosition(readFixed(bytes: FactFormat.positionBytes))),
            end: end)
    }

    /// The type of the fact that starts here.
    var nextType: EventType {
        EventType(rawValue: UInt16(bytes[index + FactFormat.typeOffset]))
    }

    /// Moves behind the fact that starts here.
    mutating func skipFact() {
        index += FactFormat.lengthBytes + Int(readFixed16(at: index))
    }

    private func readFixed16(at place: Int) -> UInt16 {
        UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
    }

    mutating func skip(to end: Int) {
        index = end
    }

    mutating func readName(in table: inout NameTable) -> Int {
        let count = Int(readByte())
        defer { index += count }
        return table.index(of: bytes, at: index, count: count)
    }

    /// Appends the names of a list and returns where they lie.
    mutating func readNames(in table: inout NameTable, to list: inout [Int32]) -> Range<Int> {
        let start = list.count
        for _ in 0..<Int(readByte()) { list.append(Int32(readName(in: &table))) }
        return start..<list.count
    }

    mutating func skipText() {
        index += 1 + Int(bytes[index])
    }

    mutating func readOptionalInteger() -> Int64? {
        isPresent() ? readInteger() : nil
    }
}
