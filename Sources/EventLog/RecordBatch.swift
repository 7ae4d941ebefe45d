/// Sealed records of one commit, contiguous in memory, with dense positions from `first` on.
///
/// Immutable once built; the writer, the projector and the index each read it, and the last one to let go frees it.
/// Pointers into it are valid as long as the batch is retained; `RecordBatchBuilder.paddingSizeBytes` bytes behind each
/// record are readable.
///
/// `@unchecked Sendable`: the memory is written by `RecordBatchBuilder` alone, which gives it up when it makes this.
package final class RecordBatch: @unchecked Sendable {
    /// The position of the record at index 0.
    package let first: Position

    /// The number of records.
    package let count: Int

    /// The bytes of all records together.
    package let byteCount: Int

    private let memory: UnsafeMutableRawPointer
    // `count + 1` offsets: record i lies from offsets[i] to offsets[i + 1].
    private let offsets: UnsafeMutablePointer<Int>

    init(
        first: Position, count: Int, byteCount: Int, memory: UnsafeMutableRawPointer,
        offsets: UnsafeMutablePointer<Int>
    ) {
        self.first = first
        self.count = count
        self.byteCount = byteCount
        self.memory = memory
        self.offsets = offsets
    }

    deinit {
        memory.deallocate()
        offsets.deallocate()
    }

    package var isEmpty: Bool {
        count == 0
    }

    /// The position of the last record; the one before `first` if there is none.
    package var last: Position {
        Position(first.rawValue + UInt64(count) - 1)
    }

    /// The record at an index from 0.
    package subscript(index: Int) -> RecordView {
        precondition(index >= 0 && index < count, "the index must lie in the batch")
        let start = offsets[index]
        return RecordView(
            unchecked: UnsafeRawBufferPointer(start: memory + start, count: offsets[index + 1] - start))
    }

    /// The record at a position, or nil if the batch does not hold it.
    package func record(at position: Position) -> RecordView? {
        guard position >= first, position.rawValue - first.rawValue < UInt64(count) else { return nil }
        return self[Int(position.rawValue - first.rawValue)]
    }

    /// Calls `body` with each record in order.
    package func forEach<Failure: Error>(
        _ body: (Position, RecordView) throws(Failure) -> Void
    ) throws(Failure) {
        for index in 0..<count {
            try body(first.advanced(by: index), self[index])
        }
    }
}
