/// A *fact* is what one event adds to the rows of its stream: its type, time and position, and its fields in a compact
/// form. Rows of facts are the read models' stored form; scores and sums are pure functions of them.
///
///     length  u16   bytes that follow
///     type    u8    EventType
///     time    i64   microseconds
///     position u40
///     payload       the newest schema version's fields in catalogue order, without the one that names the stream
///
/// All little-endian. A payload starts with one byte of presence bits (bit n: the n-th optional field is present) if its
/// schema has optional payload fields. Then, for each field present:
///
///     identifier, text of a list     u8 length, bytes
///     integer                        LEB128
///     money                          3 bytes of currency code, LEB128 minor units
///     topics, identifiers            u8 count, each as an identifier
///     date                           LEB128 days since 1970-01-01
///     instant                        i64 microseconds
///     oneOf                          u8 index in the names
///     country                        2 bytes
///     policyBody                     LEB128 count, each LEB128
///
/// `ext` is not in a fact: no projection reads it.
///
/// Invariants: F1 facts of a row are in the order of their positions. F2 a fact is at most `FactFormat.bytesMax` long.
///
/// A fact is written by `FactWriter` and read by `FactReader`. What others need of a fact where it lies, its length and
/// its position, is here too, so that offsets are known in one place. Those functions check nothing: the pointer must
/// be at the start of a whole fact.
public enum FactFormat {
    /// Bytes before the payload, the length included.
    public static let headerBytes = 16
    /// An upper bound of a fact's size: the widest types (a post with 8 topics and 8 brands, a policy) stay far below.
    public static let bytesMax = 4096

    @usableFromInline static let lengthBytes = 2
    @usableFromInline static let typeOffset = 2
    @usableFromInline static let timeOffset = 3
    @usableFromInline static let positionOffset = 11
    @usableFromInline static let positionBytes = 5

    /// All bytes of the fact, its length field included.
    @inlinable
    public static func length(at fact: UnsafeRawPointer) -> Int {
        lengthBytes + Int(UInt16(littleEndian: fact.loadUnaligned(as: UInt16.self)))
    }

    /// The type of the event that states the fact.
    @inlinable
    public static func type(at fact: UnsafeRawPointer) -> EventType {
        EventType(rawValue: UInt16(fact.load(fromByteOffset: typeOffset, as: UInt8.self)))
    }

    /// When it happened.
    @inlinable
    public static func time(at fact: UnsafeRawPointer) -> Instant {
        Instant(microseconds: Int64(littleEndian: fact.loadUnaligned(fromByteOffset: timeOffset, as: Int64.self)))
    }

    /// The position of the event that states the fact; 0 until it has one.
    @inlinable
    public static func position(at fact: UnsafeRawPointer) -> FactPosition {
        let low = UInt32(littleEndian: fact.loadUnaligned(fromByteOffset: positionOffset, as: UInt32.self))
        return FactPosition(UInt64(low) | UInt64(fact.load(fromByteOffset: positionOffset + 4, as: UInt8.self)) << 32)
    }

    /// Gives a fact its position, of which 40 bits are kept; nothing else in a fact depends on it.
    @inlinable
    public static func setPosition(_ position: FactPosition, at fact: UnsafeMutableRawPointer) {
        let low = UInt32(truncatingIfNeeded: position.rawValue).littleEndian
        fact.storeBytes(of: low, toByteOffset: positionOffset, as: UInt32.self)
        let high = UInt8(truncatingIfNeeded: position.rawValue >> 32)
        fact.storeBytes(of: high, toByteOffset: positionOffset + 4, as: UInt8.self)
    }

    /// Writes the length of a fact that is complete.
    @inlinable
    static func setLength(_ bytes: Int, at fact: UnsafeMutableRawPointer) {
        fact.storeBytes(of: UInt16(truncatingIfNeeded: bytes - lengthBytes).littleEndian, as: UInt16.self)
    }
}
