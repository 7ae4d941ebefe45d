/// Reads the fields of facts one after another from a row's bytes. Rows are the ledger's own: bytes that do not follow
/// the format are a programming error or damage, and trap at the array's bounds.
public struct FactReader {
    let bytes: [UInt8]
    var index: Int
    /// Presence bits of the payload being read; the lowest is the next optional field's.
    private var presence: UInt8 = 0

    public init(_ bytes: [UInt8], at index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    /// Whether all facts were read.
    public var isAtEnd: Bool { index >= bytes.count }

    @inline(__always)
    mutating func readByte() -> UInt8 {
        let byte = bytes[index]
        index += 1
        return byte
    }

    /// A little-endian integer of that many bytes.
    @inline(__always)
    mutating func readFixed(bytes count: Int) -> UInt64 {
        var value: UInt64 = 0
        for shift in 0..<count {
            value |= UInt64(bytes[index + shift]) << UInt64(8 * shift)
        }
        index += count
        return value
    }

    /// Starts a payload that has optional fields.
    mutating func readPresence() {
        presence = readByte()
    }

    /// Whether the next optional field is there.
    @inline(__always)
    mutating func isPresent() -> Bool {
        defer { presence >>= 1 }
        return presence & 1 == 1
    }

    @inline(__always)
    mutating func readInteger() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = readByte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value) }
            shift += 7
        }
    }

    mutating func readText() -> String {
        let count = Int(readByte())
        defer { index += count }
        return String(decoding: bytes[index..<index + count], as: UTF8.self)
    }

    mutating func readTexts() -> [String] {
        let count = Int(readByte())
        return (0..<count).map { _ in readText() }
    }

    mutating func readMoney() -> Money {
        let code = readFixed(bytes: 3)
        return Money(currency: Currency(storedCode: UInt32(code)), minorUnits: readInteger())
    }

    mutating func readInstant() -> Instant {
        Instant(microseconds: Int64(bitPattern: readFixed(bytes: 8)))
    }

    mutating func readDay() -> Day {
        Day(Int(readInteger()))
    }

    mutating func readWord<W: Word>(_: W.Type = W.self) -> W {
        let raw = readByte()
        guard let word = W(rawValue: raw) else { preconditionFailure("no \(W.self) is stored as \(raw)") }
        return word
    }

    mutating func readCountry() -> String {
        defer { index += 2 }
        return String(decoding: bytes[index..<index + 2], as: UTF8.self)
    }

    mutating func readPosition() -> FactPosition {
        FactPosition(UInt64(readInteger()))
    }

    mutating func readParameters() -> [Int64] {
        let count = Int(readInteger())
        return (0..<count).map { _ in readInteger() }
    }
}
