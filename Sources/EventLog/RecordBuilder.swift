/// The parts of one record, borrowed from wherever they lie, and their encoding.
///
/// The pointers must stay valid until `append(to:)` or `encode(into:)` has returned. What comes out is a *prepared*
/// record: its `recordedtime` is 0 and its checksum that of these bytes. The writer fills in the one and adjusts the
/// other in the commit (`RecordBatchBuilder.append`).
package struct RecordBuilder {
    package var typeCode: UInt16
    package var schemaVersion: UInt16
    /// When it happened: microseconds since 1970 UTC.
    package var timeMicroseconds: Int64
    package var posterUID: UInt32
    package var isSealed = false
    package var subjectKind: SubjectKind
    package var id = UnsafeRawBufferPointer(start: nil, count: 0)
    package var source = UnsafeRawBufferPointer(start: nil, count: 0)
    package var subjectID = UnsafeRawBufferPointer(start: nil, count: 0)
    package var userName = UnsafeRawBufferPointer(start: nil, count: 0)
    package var correlationID: UnsafeRawBufferPointer?
    package var causationID: UnsafeRawBufferPointer?
    package var traceParent: UnsafeRawBufferPointer?
    package var traceState: UnsafeRawBufferPointer?
    package var data = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether CR or LF can stand between the tokens of `data`: they are stored as spaces.
    package var mayHaveLineBreaks = false

    package init(
        typeCode: UInt16, schemaVersion: UInt16, timeMicroseconds: Int64, posterUID: UInt32, subjectKind: SubjectKind
    ) {
        self.typeCode = typeCode
        self.schemaVersion = schemaVersion
        self.timeMicroseconds = timeMicroseconds
        self.posterUID = posterUID
        self.subjectKind = subjectKind
    }

    /// The size of the whole record, in bytes, if no part is too long for its length field.
    package func encodedSizeBytes() throws(RecordFault) -> Int {
        try check(id, "id", maximumBytes: Int(UInt8.max))
        try check(source, "source", maximumBytes: Int(UInt8.max))
        try check(subjectID, "subject id", maximumBytes: Int(UInt8.max))
        try check(userName, "user name", maximumBytes: Int(UInt8.max))
        try check(data, "data", maximumBytes: Int(UInt16.max))
        let size =
            RecordFormat.headerSizeBytes + id.count + source.count + subjectID.count + userName.count
            + extensionsSizeBytes + data.count
        guard size <= RecordFormat.recordSizeBytesMax else { throw .tooLong(sizeBytes: size) }
        return size
    }

    /// Appends the record to a growing buffer.
    ///
    /// - Returns: the record's size in bytes.
    @discardableResult
    package func append(to buffer: inout [UInt8]) throws(RecordFault) -> Int {
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: try encodedSizeBytes()))
        return try buffer.withUnsafeMutableBytes { bytes in
            Result { () throws(RecordFault) in
                try encode(into: UnsafeMutableRawBufferPointer(rebasing: bytes[start...]))
            }
        }.get()
    }

    private func check(
        _ part: UnsafeRawBufferPointer, _ name: StaticString, maximumBytes: Int
    ) throws(RecordFault) {
        guard part.count <= maximumBytes else {
            throw .partTooLong(part: "\(name)", sizeBytes: part.count, maximumBytes: maximumBytes)
        }
    }
}
