/// Collects facts in their stored form (`FactFormat`) in memory that grows. The coding layer writes each fact in room
/// that it reserves for it; what is written field by field goes through the same `FactCursor`.
///
/// A value: a copy is another collection. The memory is copied when one of two that share it is written to.
public struct FactWriter {
    /// Bytes written so far.
    public private(set) var count = 0
    private var memory = FactMemory(capacity: 0)

    /// The bytes of the widest number.
    private static let integerBytesMax = 10

    public init() {}

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() {
        count = 0
    }

    /// Forgets what was written behind the first `newCount` bytes.
    public mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "facts are truncated to fewer bytes than there are")
        count = newCount
    }

    /// Bytes there is room for.
    public var capacity: Int { memory.capacity }

    /// A copy of what was written.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Lends what was written.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: memory.start, count: count))
    }

    /// Room for that many bytes behind what was written; valid until the next call. `commit` keeps what was put there.
    public mutating func reserve(_ sizeBytes: Int) -> UnsafeMutableRawPointer {
        if count + sizeBytes > memory.capacity || !isKnownUniquelyReferenced(&memory) {
            memory = FactMemory(copying: memory, count: count, room: sizeBytes)
        }
        return memory.start + count
    }

    /// Keeps what was written to the room reserved, up to the cursor.
    public mutating func commit(_ cursor: FactCursor) {
        let newCount = UnsafeRawPointer(cursor.next) - UnsafeRawPointer(memory.start)
        precondition(newCount >= count && newCount <= memory.capacity, "a fact is written to the room reserved for it")
        count = newCount
    }

    /// Keeps a fact written to the room reserved, and gives it its length and position.
    ///
    /// - Returns: where the fact lies.
    public mutating func commitFact(_ cursor: FactCursor, position: FactPosition) -> Range<Int> {
        let start = count
        commit(cursor)
        FactFormat.setLength(count - start, at: memory.start + start)
        FactFormat.setPosition(position, at: memory.start + start)
        return start..<count
    }

    public mutating func append(byte: UInt8) {
        append(1) { $0.write(byte: byte) }
    }

    /// Replaces a byte written before: presence bits are known only after the fields.
    public mutating func setByte(at index: Int, to value: UInt8) {
        precondition(index >= 0 && index < count, "only what was written can be replaced")
        _ = reserve(0)
        memory.start.storeBytes(of: value, toByteOffset: index, as: UInt8.self)
    }

    public mutating func append(fixed value: UInt64, bytes count: Int) {
        append(count) { $0.write(fixed: value, bytes: count) }
    }

    public mutating func append(integer value: Int64) {
        append(Self.integerBytesMax) { $0.write(integer: value) }
    }

    public mutating func append(text: UnsafeRawBufferPointer) {
        append(1 + text.count) { $0.write(text: text) }
    }

    public mutating func append(money: Money) {
        append(3 + Self.integerBytesMax) { $0.write(money: money) }
    }

    public mutating func append(instant: Instant) {
        append(8) { $0.write(instant: instant) }
    }

    public mutating func append(day: Day) {
        append(Self.integerBytesMax) { $0.write(day: day) }
    }

    private mutating func append(_ sizeBytesMax: Int, _ write: (inout FactCursor) -> Void) {
        var cursor = FactCursor(at: reserve(sizeBytesMax))
        write(&cursor)
        commit(cursor)
    }
}

/// The memory of a writer.
private final class FactMemory {
    let start: UnsafeMutableRawPointer
    let capacity: Int

    private static let capacityMin = 4096

    init(capacity: Int) {
        self.capacity = capacity
        start = .allocate(byteCount: capacity, alignment: 16)
    }

    /// The same bytes with more room, at least doubled when they had filled theirs.
    convenience init(copying other: FactMemory, count: Int, room: Int) {
        let grown = count + room > other.capacity ? other.capacity * 2 : other.capacity
        self.init(capacity: max(grown, count + room, FactMemory.capacityMin))
        start.copyMemory(from: other.start, byteCount: count)
    }

    deinit {
        start.deallocate()
    }
}
