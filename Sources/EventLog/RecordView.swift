/// A record where it lies: the accessors read the bytes in place and copy nothing.
///
/// The view owns nothing. It, and each pointer it gives, is valid only as long as the bytes below it are: until the
/// closure that lent them returns, or as long as the `RecordBatch` is retained.
package struct RecordView {
    /// All bytes of the record, header included.
    package let bytes: UnsafeRawBufferPointer

    /// A view over bytes known to be a sound record, such as those of a `RecordBatch`.
    @inlinable
    package init(unchecked bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Checks the lengths, the format, the reserved bits and the checksum.
    package init(validating bytes: UnsafeRawBufferPointer) throws(RecordFault) {
        try Self.checkStructure(bytes)
        let stored = Self.load(bytes, RecordFormat.Offset.checksum, as: UInt32.self)
        let computed = Self.computeChecksum(bytes)
        guard stored == computed else { throw .checksumMismatch(stored: stored, computed: computed) }
        self.bytes = bytes
    }

    /// Checks all but the checksum: for a record that is built but not yet sealed.
    package static func checkStructure(_ bytes: UnsafeRawBufferPointer) throws(RecordFault) {
        guard bytes.count >= RecordFormat.headerSizeBytes else { throw .tooShort(sizeBytes: bytes.count) }
        guard bytes.count <= RecordFormat.recordSizeBytesMax else { throw .tooLong(sizeBytes: bytes.count) }
        let view = RecordView(unchecked: bytes)
        guard bytes[RecordFormat.Offset.format] == RecordFormat.version else {
            throw .unknownFormat(bytes[RecordFormat.Offset.format])
        }
        guard bytes[RecordFormat.Offset.flags] & ~RecordFormat.sealedFlag == 0 else {
            throw .reservedBits(offset: RecordFormat.Offset.flags)
        }
        guard bytes[RecordFormat.Offset.zero] == 0 else { throw .reservedBits(offset: RecordFormat.Offset.zero) }
        guard view.declaredSizeBytes == bytes.count else {
            throw .lengthMismatch(declaredBytes: view.declaredSizeBytes, sizeBytes: bytes.count)
        }
        guard SubjectKind(rawValue: bytes[RecordFormat.Offset.subjectKind]) != nil else {
            throw .unknownSubjectKind(bytes[RecordFormat.Offset.subjectKind])
        }
        guard RecordExtensions(block: view.extensions).isWellFormed else { throw .malformedExtensions }
    }

    /// Writes `recordedTime` (microseconds since 1970 UTC) and then the checksum into a record that was built.
    ///
    /// - Returns: the checksum.
    @discardableResult
    package static func seal(record: UnsafeMutableRawBufferPointer, recordedTime: Int64) -> UInt32 {
        precondition(record.count >= RecordFormat.headerSizeBytes, "a record is no shorter than its header")
        record.storeBytes(
            of: recordedTime.littleEndian, toByteOffset: RecordFormat.Offset.recordedTime, as: Int64.self)
        let checksum = computeChecksum(UnsafeRawBufferPointer(record))
        record.storeBytes(of: checksum.littleEndian, toByteOffset: RecordFormat.Offset.checksum, as: UInt32.self)
        return checksum
    }

    /// Writes `recordedTime` into a record as `RecordBuilder` left it, and turns its checksum into that of the sealed
    /// record: the same bytes as `seal` writes, without reading them all again. What has changed in the record since it
    /// was built is therefore found when it is read.
    package static func stamp(record: UnsafeMutableRawBufferPointer, recordedTime: Int64) {
        precondition(record.count >= RecordFormat.headerSizeBytes, "a record is no shorter than its header")
        let bytes = UnsafeRawBufferPointer(record)
        let change = load(bytes, RecordFormat.Offset.recordedTime, as: Int64.self) ^ recordedTime
        let checksum = Checksum.crc32c(
            load(bytes, RecordFormat.Offset.checksum, as: UInt32.self), changedBy: UInt64(bitPattern: change),
            bytesBehind: record.count - RecordFormat.Offset.recordedTime - MemoryLayout<Int64>.size)
        record.storeBytes(
            of: recordedTime.littleEndian, toByteOffset: RecordFormat.Offset.recordedTime, as: Int64.self)
        record.storeBytes(of: checksum.littleEndian, toByteOffset: RecordFormat.Offset.checksum, as: UInt32.self)
    }

    /// The checksum these bytes should carry.
    package static func computeChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        Checksum.crc32c(UnsafeRawBufferPointer(rebasing: bytes[RecordFormat.Offset.format...]))
    }

    @inlinable
    static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ offset: Int, as type: Number.Type
    ) -> Number {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
}
