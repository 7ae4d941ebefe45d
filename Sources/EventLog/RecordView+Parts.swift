extension RecordView {
    /// The checksum as stored.
    @inlinable
    package var checksum: UInt32 {
        Self.load(bytes, RecordFormat.Offset.checksum, as: UInt32.self)
    }

    /// Whether the data is sealed, that is encrypted.
    @inlinable
    package var isSealed: Bool {
        bytes[RecordFormat.Offset.flags] & RecordFormat.sealedFlag != 0
    }

    /// The number that stands for the event's type.
    @inlinable
    package var typeCode: UInt16 {
        Self.load(bytes, RecordFormat.Offset.typeCode, as: UInt16.self)
    }

    /// When it happened: microseconds since 1970 UTC.
    @inlinable
    package var timeMicroseconds: Int64 {
        Self.load(bytes, RecordFormat.Offset.time, as: Int64.self)
    }

    /// When it was recorded: microseconds since 1970 UTC. 0 until the record is sealed.
    @inlinable
    package var recordedTimeMicroseconds: Int64 {
        Self.load(bytes, RecordFormat.Offset.recordedTime, as: Int64.self)
    }

    /// The operating system's user that posted it.
    @inlinable
    package var posterUID: UInt32 {
        Self.load(bytes, RecordFormat.Offset.posterUID, as: UInt32.self)
    }

    /// The schema version of the data.
    @inlinable
    package var schemaVersion: UInt16 {
        Self.load(bytes, RecordFormat.Offset.schemaVersion, as: UInt16.self)
    }

    /// What the event's stream is about. Only on validated bytes; the kind was checked there.
    @inlinable
    package var subjectKind: SubjectKind {
        guard let kind = SubjectKind(rawValue: bytes[RecordFormat.Offset.subjectKind]) else {
            preconditionFailure("the subject's kind is checked when a record is validated")
        }
        return kind
    }

    /// The event's id, ASCII.
    @inlinable
    package var id: UnsafeRawBufferPointer {
        part(at: RecordFormat.headerSizeBytes, count: idLength)
    }

    /// The event's source, ASCII.
    @inlinable
    package var source: UnsafeRawBufferPointer {
        part(at: RecordFormat.headerSizeBytes + idLength, count: sourceLength)
    }

    /// The id of the influencer, campaign or policy the stream is about, ASCII.
    @inlinable
    package var subjectID: UnsafeRawBufferPointer {
        part(at: RecordFormat.headerSizeBytes + idLength + sourceLength, count: subjectIDLength)
    }

    /// The name of the user that posted it, UTF-8; may be empty.
    @inlinable
    package var userName: UnsafeRawBufferPointer {
        let offset = RecordFormat.headerSizeBytes + idLength + sourceLength + subjectIDLength
        return part(at: offset, count: userNameLength)
    }

    /// The extensions block as it lies; read it through `RecordExtensions`.
    @inlinable
    package var extensions: UnsafeRawBufferPointer {
        part(at: extensionsOffset, count: extensionsLength)
    }

    /// The data: the JSON object as stored, UTF-8.
    @inlinable
    package var data: UnsafeRawBufferPointer {
        part(at: extensionsOffset + extensionsLength, count: dataLength)
    }

    /// The size the header's lengths add up to.
    @inlinable
    var declaredSizeBytes: Int {
        extensionsOffset + extensionsLength + dataLength
    }

    @inlinable
    var extensionsOffset: Int {
        RecordFormat.headerSizeBytes + idLength + sourceLength + subjectIDLength + userNameLength
    }

    @inlinable
    var dataLength: Int {
        Int(Self.load(bytes, RecordFormat.Offset.dataLength, as: UInt16.self))
    }

    @inlinable
    var extensionsLength: Int {
        Int(Self.load(bytes, RecordFormat.Offset.extensionsLength, as: UInt16.self))
    }

    @inlinable
    var idLength: Int {
        Int(bytes[RecordFormat.Offset.idLength])
    }

    @inlinable
    var sourceLength: Int {
        Int(bytes[RecordFormat.Offset.sourceLength])
    }

    @inlinable
    var subjectIDLength: Int {
        Int(bytes[RecordFormat.Offset.subjectIDLength])
    }

    @inlinable
    var userNameLength: Int {
        Int(bytes[RecordFormat.Offset.userNameLength])
    }

    // Before validation the header may declare more than there is: such a part is given as empty, so that looking at
    // one never reads beyond the record.
    @inlinable
    func part(at offset: Int, count: Int) -> UnsafeRawBufferPointer {
        guard offset + count <= bytes.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
