/// The growing memory of prepared records, which its owner frees or hands on.
struct RecordMemory {
    private(set) var start: UnsafeMutableRawPointer?
    private(set) var capacity: Int
    private(set) var count = 0

    private static let alignmentBytes = 16

    /// Memory for that many bytes; none is allocated for 0.
    init(capacity: Int) {
        self.capacity = capacity
        start = capacity == 0 ? nil : .allocate(byteCount: capacity, alignment: Self.alignmentBytes)
    }

    /// Room for that many bytes at the end. Moves the records if there is none.
    @inline(__always)
    mutating func reserve(_ sizeBytes: Int) -> UnsafeMutableRawPointer {
        guard let start, count + sizeBytes <= capacity else { return grow(sizeBytes) + count }
        return start + count
    }

    private mutating func grow(_ sizeBytes: Int) -> UnsafeMutableRawPointer {
        capacity = max(capacity * 2, count + sizeBytes)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: Self.alignmentBytes)
        if let start { larger.copyMemory(from: start, byteCount: count) }
        start?.deallocate()
        start = larger
        return larger
    }

    /// Keeps what was written to the room reserved.
    @inline(__always)
    mutating func commit(_ sizeBytes: Int) {
        count += sizeBytes
    }

    /// Hands the memory on: whoever takes it frees it.
    mutating func take() -> RecordMemory {
        defer { self = RecordMemory(capacity: 0) }
        return self
    }

    func deallocate() {
        start?.deallocate()
    }
}
