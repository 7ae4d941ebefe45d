/// Collects prepared records for one commit and seals each where it will stay.
package struct RecordBatchBuilder: ~Copyable {
    /// The position the first record will have.
    package let first: Position

    /// The records so far.
    package private(set) var count = 0

    /// The bytes of the records so far.
    package private(set) var byteCount = 0

    private var memory: UnsafeMutableRawPointer
    private var memorySizeBytes: Int
    private var offsets: UnsafeMutablePointer<Int>
    private var offsetCapacity: Int

    /// Readable behind the last record, so that what parses the data needs no copy of it.
    package static let paddingSizeBytes = 64
    private static let alignmentBytes = 16
    private static let sizeBytesMin = 4096
    private static let recordsMin = 16

    /// - Parameters:
    ///   - first: the position after the log's head.
    ///   - byteCapacity: bytes to reserve; more are found when needed.
    ///   - recordCapacity: records to reserve; more are found when needed.
    package init(first: Position, byteCapacity: Int = 0, recordCapacity: Int = 0) {
        self.first = first
        memorySizeBytes = max(byteCapacity, Self.sizeBytesMin)
        memory = Self.allocate(memorySizeBytes)
        offsetCapacity = max(recordCapacity, Self.recordsMin) + 1
        offsets = .allocate(capacity: offsetCapacity)
        offsets.initialize(to: 0)
    }

    deinit {
        memory.deallocate()
        offsets.deallocate()
    }

    /// The position the next record will have.
    package var next: Position {
        first.advanced(by: count)
    }

    /// Copies a prepared record to the end and seals it there.
    ///
    /// - Parameters:
    ///   - prepared: what `RecordBuilder` made, byte for byte; it is not changed.
    ///   - recordedTime: microseconds since 1970 UTC.
    /// - Returns: the record's position.
    @discardableResult
    package mutating func append(_ prepared: UnsafeRawBufferPointer, recordedTime: Int64) -> Position {
        guard let source = prepared.baseAddress, prepared.count >= RecordFormat.headerSizeBytes else {
            preconditionFailure("a prepared record is no shorter than its header")
        }
        if byteCount + prepared.count > memorySizeBytes { growMemory(toAtLeast: byteCount + prepared.count) }
        if count + 2 > offsetCapacity { growOffsets() }
        let target = memory + byteCount
        target.copyMemory(from: source, byteCount: prepared.count)
        RecordView.stamp(
            record: UnsafeMutableRawBufferPointer(start: target, count: prepared.count), recordedTime: recordedTime)
        let position = next
        byteCount += prepared.count
        count += 1
        (offsets + count).initialize(to: byteCount)
        return position
    }

    /// Drops the newest records down to `newCount`: what undoes a request that is refused half way.
    package mutating func truncate(toCount newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "a batch is truncated to fewer records than it has")
        count = newCount
        byteCount = offsets[newCount]
    }

    /// A record already appended, valid until the next change of this builder.
    package func record(at index: Int) -> RecordView {
        precondition(index >= 0 && index < count, "the index must lie in the batch")
        let start = offsets[index]
        return RecordView(
            unchecked: UnsafeRawBufferPointer(start: memory + start, count: offsets[index + 1] - start))
    }

    /// The finished batch.
    package consuming func finish() -> RecordBatch {
        let batch = RecordBatch(
            first: first, count: count, byteCount: byteCount, memory: memory, offsets: offsets)
        discard self
        return batch
    }

    private static func allocate(_ sizeBytes: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: sizeBytes + paddingSizeBytes, alignment: alignmentBytes)
        // Whoever reads into the padding ignores what it finds there, but not that it was never written.
        (memory + sizeBytes).initializeMemory(as: UInt8.self, repeating: 0, count: paddingSizeBytes)
        return memory
    }

    private mutating func growMemory(toAtLeast sizeBytes: Int) {
        let newSizeBytes = max(sizeBytes, memorySizeBytes * 2)
        let larger = Self.allocate(newSizeBytes)
        larger.copyMemory(from: memory, byteCount: byteCount)
        memory.deallocate()
        memory = larger
        memorySizeBytes = newSizeBytes
    }

    private mutating func growOffsets() {
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: offsetCapacity * 2)
        larger.moveInitialize(from: offsets, count: count + 1)
        offsets.deallocate()
        offsets = larger
        offsetCapacity *= 2
    }
}
