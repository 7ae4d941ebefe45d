/// The stored form of one event, version 1. Little-endian, frozen: a released format is never changed, only followed.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | CRC-32C of the bytes from 4 to the end |
/// | 4 | 1 | format, 1 |
/// | 5 | 1 | flags: bit 0 sealed (reserved for encrypted data), the others 0 |
/// | 6 | 2 | type code |
/// | 8 | 8 | time, microseconds since 1970 UTC, signed |
/// | 16 | 8 | recordedtime, microseconds since 1970 UTC, signed |
/// | 24 | 4 | uid of the poster |
/// | 28 | 2 | schema version of the data |
/// | 30 | 2 | length of the data |
/// | 32 | 2 | length of the extensions |
/// | 34 | 1 | length of the id |
/// | 35 | 1 | length of the source |
/// | 36 | 1 | kind of the subject: 1 influencer, 2 campaign, 3 policy |
/// | 37 | 1 | length of the subject's id |
/// | 38 | 1 | length of the user name |
/// | 39 | 1 | zero |
/// | 40 | … | id, source, subject's id, user name, extensions, data |
///
/// Nothing in a record depends on its position or on the machine, so that a ledger can be moved and its hashes stay.
package enum RecordFormat {
    /// The version this code writes, and the only one it reads.
    package static let version: UInt8 = 1

    /// Bytes of the fixed header.
    package static let headerSizeBytes = 40

    /// The greatest record, in bytes, header included (Events, section 1).
    package static let recordSizeBytesMax = 65_535

    /// Flag bit 0: the data is sealed, that is encrypted. Reserved; nothing writes it yet.
    package static let sealedFlag: UInt8 = 0b0000_0001

    /// Offsets in the fixed header.
    @usableFromInline
    enum Offset {
        @usableFromInline static let checksum = 0
        @usableFromInline static let format = 4
        @usableFromInline static let flags = 5
        @usableFromInline static let typeCode = 6
        @usableFromInline static let time = 8
        @usableFromInline static let recordedTime = 16
        @usableFromInline static let posterUID = 24
        @usableFromInline static let schemaVersion = 28
        @usableFromInline static let dataLength = 30
        @usableFromInline static let extensionsLength = 32
        @usableFromInline static let idLength = 34
        @usableFromInline static let sourceLength = 35
        @usableFromInline static let subjectKind = 36
        @usableFromInline static let subjectIDLength = 37
        @usableFromInline static let userNameLength = 38
        @usableFromInline static let zero = 39
    }
}

/// What a stream is about.
package enum SubjectKind: UInt8, Sendable, CaseIterable {
    case influencer = 1
    case campaign = 2
    case policy = 3
}

/// The tags of the extensions block: repeated (tag byte, 16-bit length, bytes).
package enum RecordExtensionTag: UInt8, Sendable, CaseIterable {
    case correlationID = 1
    case causationID = 2
    case traceParent = 3
    case traceState = 4
}
