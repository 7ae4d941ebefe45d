extension RecordBuilder {
    /// Writes the record to the beginning of `memory`, which must hold at least `encodedSizeBytes()`.
    ///
    /// - Returns: the record's size in bytes.
    @discardableResult
    package func encode(into memory: UnsafeMutableRawBufferPointer) throws(RecordFault) -> Int {
        let size = try encodedSizeBytes()
        precondition(memory.count >= size, "the memory must hold the encoded record")
        withUnsafeBytes(of: header()) { memory.copyMemory(from: $0) }
        var offset = RecordFormat.headerSizeBytes
        copy(id, to: memory, at: &offset)
        copy(source, to: memory, at: &offset)
        copy(subjectID, to: memory, at: &offset)
        copy(userName, to: memory, at: &offset)
        if extensionsSizeBytes > 0 {
            for (tag, value) in presentExtensions {
                memory[offset] = tag.rawValue
                memory.storeBytes(of: UInt16(value.count).littleEndian, toByteOffset: offset + 1, as: UInt16.self)
                offset += RecordExtensions.entryHeaderSizeBytes
                copy(value, to: memory, at: &offset)
            }
        }
        copy(data, to: memory, at: &offset)
        return size
    }

    /// The bytes the extensions block takes.
    var extensionsSizeBytes: Int {
        sizeBytes(of: correlationID) + sizeBytes(of: causationID) + sizeBytes(of: traceParent)
            + sizeBytes(of: traceState)
    }

    /// The extensions that are there, in the order of their tags.
    var presentExtensions: [(RecordExtensionTag, UnsafeRawBufferPointer)] {
        guard extensionsSizeBytes > 0 else { return [] }
        var present: [(RecordExtensionTag, UnsafeRawBufferPointer)] = []
        if let correlationID { present.append((.correlationID, correlationID)) }
        if let causationID { present.append((.causationID, causationID)) }
        if let traceParent { present.append((.traceParent, traceParent)) }
        if let traceState { present.append((.traceState, traceState)) }
        return present
    }

    /// The fixed header as five 64-bit words, each little-endian in memory.
    func header() -> (UInt64, UInt64, UInt64, UInt64, UInt64) {
        let flags = isSealed ? RecordFormat.sealedFlag : 0
        let first = UInt64(RecordFormat.version) << 32 | UInt64(flags) << 40 | UInt64(typeCode) << 48
        let fourth = UInt64(posterUID) | UInt64(schemaVersion) << 32 | UInt64(data.count) << 48
        let lengths = UInt64(extensionsSizeBytes) | UInt64(id.count) << 16 | UInt64(source.count) << 24
        let fifth =
            lengths | UInt64(subjectKind.rawValue) << 32 | UInt64(subjectID.count) << 40
            | UInt64(userName.count) << 48
        return (
            first.littleEndian, UInt64(bitPattern: timeMicroseconds).littleEndian, 0, fourth.littleEndian,
            fifth.littleEndian
        )
    }

    private func sizeBytes(of value: UnsafeRawBufferPointer?) -> Int {
        guard let value else { return 0 }
        return RecordExtensions.entryHeaderSizeBytes + value.count
    }

    private func copy(
        _ part: UnsafeRawBufferPointer, to memory: UnsafeMutableRawBufferPointer, at offset: inout Int
    ) {
        guard let from = part.baseAddress, let to = memory.baseAddress else { return }
        (to + offset).copyMemory(from: from, byteCount: part.count)
        offset += part.count
    }
}
