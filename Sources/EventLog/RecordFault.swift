/// Why some bytes are no record, or why something cannot become one.
package enum RecordFault: Error, Hashable, Sendable {
    /// Fewer bytes than the fixed header.
    case tooShort(sizeBytes: Int)
    /// More bytes than a record may have.
    case tooLong(sizeBytes: Int)
    /// The format byte names a version this program does not know.
    case unknownFormat(UInt8)
    /// A bit that must be zero is set.
    case reservedBits(offset: Int)
    /// The lengths in the header do not add up to the record's size.
    case lengthMismatch(declaredBytes: Int, sizeBytes: Int)
    /// The kind of the subject is none of 1, 2, 3.
    case unknownSubjectKind(UInt8)
    /// The extensions block ends inside an entry, or names a tag that does not exist.
    case malformedExtensions
    /// The stored checksum is not the bytes' checksum: the bytes have changed since they were written.
    case checksumMismatch(stored: UInt32, computed: UInt32)
    /// A part is longer than its length field can say.
    case partTooLong(part: String, sizeBytes: Int, maximumBytes: Int)
}

extension RecordFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooShort(let sizeBytes):
            "the record has \(sizeBytes) bytes, fewer than its header of \(RecordFormat.headerSizeBytes)"
        case .tooLong(let sizeBytes):
            "the record has \(sizeBytes) bytes, at most \(RecordFormat.recordSizeBytesMax) are allowed"
        case .unknownFormat(let format):
            "the record has format \(format), this program knows format \(RecordFormat.version)"
        case .reservedBits(let offset):
            "a reserved bit is set in byte \(offset) of the record"
        case .lengthMismatch(let declaredBytes, let sizeBytes):
            "the lengths in the record's header add up to \(declaredBytes) bytes, the record has \(sizeBytes)"
        case .unknownSubjectKind(let kind):
            "the record's subject is of kind \(kind), known are 1 to 3"
        case .malformedExtensions:
            "the record's extensions block is malformed"
        case .checksumMismatch(let stored, let computed):
            "the record's checksum is \(hexadecimal(stored)), its bytes give \(hexadecimal(computed))"
        case .partTooLong(let part, let sizeBytes, let maximumBytes):
            "the \(part) has \(sizeBytes) bytes, at most \(maximumBytes) are allowed"
        }
    }
}

/// Eight lower-case hexadecimal digits.
package func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
