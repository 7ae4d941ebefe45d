/// Appends facts in their stored form (`FactFormat`). The coding layer calls it once for each field, in catalogue order.
public struct FactWriter {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    @inlinable
    public mutating func append(byte: UInt8) {
        appendRaw(byte)
    }

    @usableFromInline
    mutating func appendRaw(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// Replaces a byte written before: presence bits are known only after the fields.
    public mutating func setByte(at index: Int, to value: UInt8) {
        bytes[index] = value
    }

    public mutating func append(fixed value: UInt64, bytes count: Int) {
        for shift in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift)))
        }
    }

    public mutating func append(integer value: Int64) {
        var rest = UInt64(bitPattern: value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    public mutating func append(text: UnsafeRawBufferPointer) {
        bytes.append(UInt8(text.count))
        bytes.append(contentsOf: text)
    }

    public mutating func append(money: Money) {
        append(fixed: UInt64(money.currency.storedCode), bytes: 3)
        append(integer: money.minorUnits)
    }

    public mutating func append(instant: Instant) {
        append(fixed: UInt64(bitPattern: instant.microseconds), bytes: 8)
    }

    public mutating func append(day: Day) {
        append(integer: Int64(day.number))
    }
}
