extension RecordBuilder {
    /// Writes the record to the beginning of `memory`, which must hold at least `encodedSizeBytes()`.
    ///
    /// - Returns: the record's size in bytes.
    @discardableResult
    package func encode(into memory: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
        let size = try encodedSizeBytes()
        guard let start = memory.baseAddress, memory.count >= size else {
            preconditionFailure("the memory must hold the encoded record")
        }
        encode(to: start, sizeBytes: size)
        return size
    }

    /// The same without checks.
    ///
    /// - Parameter size: what `encodedSizeBytes()` has given; the memory must hold as much.
    package func encode(to start: UnsafeMutableRawPointer, sizeBytes size: Int) {
        writeHeader(to: start)
        var next = start + RecordFormat.headerSizeBytes
        write(id, at: &next)
        write(source, at: &next)
        write(subjectID, at: &next)
        write(userName, at: &next)
        if hasExtensions { writeExtensions(at: &next) }
        write(data, at: &next)
        if mayHaveLineBreaks { RecordBuilder.replaceLineBreaks(in: next - data.count, count: data.count) }
        let checksum = RecordView.computeChecksum(UnsafeRawBufferPointer(start: start, count: size))
        start.storeBytes(of: checksum.littleEndian, toByteOffset: RecordFormat.Offset.checksum, as: UInt32.self)
    }

    /// Whether there is anything for the extensions block.
    private var hasExtensions: Bool {
        correlationID != nil || causationID != nil || traceParent != nil || traceState != nil
    }

    /// The bytes the extensions block takes.
    var extensionsSizeBytes: Int {
        guard hasExtensions else { return 0 }
        return sizeBytes(of: correlationID) + sizeBytes(of: causationID) + sizeBytes(of: traceParent)
            + sizeBytes(of: traceState)
    }

    private func sizeBytes(of value: UnsafeRawBufferPointer?) -> Int {
        guard let value else { return 0 }
        return RecordExtensions.entryHeaderSizeBytes + value.count
    }

    /// The extensions that are there, in the order of their tags.
    private func writeExtensions(at next: inout UnsafeMutableRawPointer) {
        write(correlationID, as: .correlationID, at: &next)
        write(causationID, as: .causationID, at: &next)
        write(traceParent, as: .traceParent, at: &next)
        write(traceState, as: .traceState, at: &next)
    }

    private func write(
        _ value: UnsafeRawBufferPointer?, as tag: RecordExtensionTag, at next: inout UnsafeMutableRawPointer
    ) {
        guard let value else { return }
        next.storeBytes(of: tag.rawValue, as: UInt8.self)
        next.storeBytes(of: UInt16(value.count).littleEndian, toByteOffset: 1, as: UInt16.self)
        next += RecordExtensions.entryHeaderSizeBytes
        write(value, at: &next)
    }

    /// The fixed header as five 64-bit words, each little-endian in memory; recorded time and checksum are 0.
    @inline(__always)
    private func writeHeader(to start: UnsafeMutableRawPointer) {
        let flags = isSealed ? RecordFormat.sealedFlag : 0
        let first = UInt64(RecordFormat.version) << 32 | UInt64(flags) << 40 | UInt64(typeCode) << 48
        let fourth = UInt64(posterUID) | UInt64(schemaVersion) << 32 | UInt64(data.count) << 48
        let lengths = UInt64(extensionsSizeBytes) | UInt64(id.count) << 16 | UInt64(source.count) << 24
        let fifth =
            lengths | UInt64(subjectKind.rawValue) << 32 | UInt64(subjectID.count) << 40
            | UInt64(userName.count) << 48
        start.storeBytes(of: first.littleEndian, as: UInt64.self)
        start.storeBytes(of: timeMicroseconds.littleEndian, toByteOffset: RecordFormat.Offset.time, as: Int64.self)
        start.storeBytes(of: 0, toByteOffset: RecordFormat.Offset.recordedTime, as: Int64.self)
        start.storeBytes(of: fourth.littleEndian, toByteOffset: RecordFormat.Offset.posterUID, as: UInt64.self)
        start.storeBytes(of: fifth.littleEndian, toByteOffset: RecordFormat.Offset.extensionsLength, as: UInt64.self)
    }

    @inline(__always)
    private func write(_ part: UnsafeRawBufferPointer, at next: inout UnsafeMutableRawPointer) {
        guard let from = part.baseAddress else { return }
        next.copyShort(from: from, count: part.count)
        next += part.count
    }

    /// CR and LF stand only between tokens of JSON, where a space says the same.
    private static func replaceLineBreaks(in bytes: UnsafeMutableRawPointer, count: Int) {
        let bytes = bytes.assumingMemoryBound(to: UInt8.self)
        for index in 0..<count {
            let byte = bytes[index]
            bytes[index] = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? UInt8(ascii: " ") : byte
        }
    }
}

extension UnsafeMutableRawPointer {
    /// Copies bytes that do not overlap; up to 64 of them by two words that may, which costs less than a call.
    @inline(__always)
    fileprivate func copyShort(from source: UnsafeRawPointer, count: Int) {
        if count > 64 {
            copyMemory(from: source, byteCount: count)
        } else if count > 32 {
            copyEnds(from: source, count: count, as: SIMD32<UInt8>.self)
        } else if count > 16 {
            copyEnds(from: source, count: count, as: SIMD16<UInt8>.self)
        } else if count >= 8 {
            copyEnds(from: source, count: count, as: UInt64.self)
        } else if count >= 4 {
            copyEnds(from: source, count: count, as: UInt32.self)
        } else {
            for index in 0..<count {
                storeBytes(of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
            }
        }
    }

    /// Copies the first and the last word; between them they hold all `count` bytes.
    @inline(__always)
    private func copyEnds<Word: BitwiseCopyable>(from source: UnsafeRawPointer, count: Int, as type: Word.Type) {
        let size = MemoryLayout<Word>.size
        let first = source.loadUnaligned(as: type)
        let last = source.loadUnaligned(fromByteOffset: count - size, as: type)
        storeBytes(of: first, as: type)
        storeBytes(of: last, toByteOffset: count - size, as: type)
    }
}
