/// Writes the fields of a fact (`FactFormat`) one behind the other to memory that is large enough: it checks nothing, so
/// that a field costs no more than its stores. `FactWriter.reserve` makes the room.
///
/// Each function writes one of the format's forms; all facts of the ledger are written by these.
public struct FactCursor {
    @usableFromInline var place: UnsafeMutableRawPointer

    /// Where the next byte goes.
    @inlinable
    public var next: UnsafeMutableRawPointer { place }

    /// - Parameter start: with room for all that will be written.
    @inlinable
    public init(at start: UnsafeMutableRawPointer) {
        place = start
    }

    @inlinable @inline(__always)
    public mutating func write(byte: UInt8) {
        place.storeBytes(of: byte, as: UInt8.self)
        place += 1
    }

    /// The lowest `count` bytes of a value, little-endian.
    @inlinable
    public mutating func write(fixed value: UInt64, bytes count: Int) {
        for shift in 0..<count { write(byte: UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
    }

    /// LEB128: at most 10 bytes.
    @inlinable @inline(__always)
    public mutating func write(integer value: Int64) {
        var rest = UInt64(bitPattern: value)
        while rest >= 0x80 {
            write(byte: UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        write(byte: UInt8(truncatingIfNeeded: rest))
    }

    /// Bytes without a length.
    @inlinable @inline(__always)
    public mutating func write(raw bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        let count = bytes.count
        // Texts are mostly 8 to 16 bytes long: two overlapping words cost less than a call.
        if count >= 8, count <= 16 {
            place.storeBytes(of: start.loadUnaligned(as: UInt64.self), as: UInt64.self)
            let last = start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            place.storeBytes(of: last, toByteOffset: count - 8, as: UInt64.self)
        } else {
            place.copyMemory(from: start, byteCount: count)
        }
        place += count
    }

    /// A text of at most 255 bytes behind its length.
    @inlinable @inline(__always)
    public mutating func write(text: UnsafeRawBufferPointer) {
        write(byte: UInt8(text.count))
        write(raw: text)
    }

    @inlinable @inline(__always)
    public mutating func write(money: Money) {
        let code = money.currency.storedCode
        place.storeBytes(of: UInt16(truncatingIfNeeded: code).littleEndian, as: UInt16.self)
        place.storeBytes(of: UInt8(truncatingIfNeeded: code >> 16), toByteOffset: 2, as: UInt8.self)
        place += 3
        write(integer: money.minorUnits)
    }

    @inlinable @inline(__always)
    public mutating func write(instant: Instant) {
        place.storeBytes(of: instant.microseconds.littleEndian, as: Int64.self)
        place += 8
    }

    @inlinable @inline(__always)
    public mutating func write(day: Day) {
        write(integer: Int64(day.number))
    }

    /// The header of a fact whose length and position are not known yet: both are zero.
    @inlinable @inline(__always)
    public mutating func write(headerOf type: EventType, at time: Instant) {
        place.storeBytes(of: 0, as: UInt16.self)
        place += FactFormat.lengthBytes
        write(byte: UInt8(truncatingIfNeeded: type.rawValue))
        write(instant: time)
        FactFormat.setPosition(FactPosition(0), at: place - FactFormat.positionOffset)
        place += FactFormat.positionBytes
    }
}
