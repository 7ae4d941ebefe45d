/// The extensions block of a record, entry by entry, in place.
///
/// An entry is a tag byte, a 16-bit little-endian length and that many bytes. Iteration ends at the first entry that
/// does not fit; validated records have none.
package struct RecordExtensions: Sequence {
    let block: UnsafeRawBufferPointer

    /// Bytes of an entry's tag and length.
    package static let entryHeaderSizeBytes = 3

    /// Reads `block`, which must stay valid as long as this value and the pointers it gives are used.
    package init(block: UnsafeRawBufferPointer) {
        self.block = block
    }

    /// The first value stored under `tag`, or nil.
    package func value(of tag: RecordExtensionTag) -> UnsafeRawBufferPointer? {
        for entry in self where entry.tag == tag {
            return entry.value
        }
        return nil
    }

    /// Whether the entries fill the block exactly and each tag is known.
    package var isWellFormed: Bool {
        var iterator = makeIterator()
        while iterator.next() != nil {}
        return iterator.offset == block.count
    }

    package func makeIterator() -> Iterator {
        Iterator(block: block)
    }

    /// One entry.
    package struct Entry {
        package let tag: RecordExtensionTag
        package let value: UnsafeRawBufferPointer
    }

    package struct Iterator: IteratorProtocol {
        let block: UnsafeRawBufferPointer
        var offset = 0

        package mutating func next() -> Entry? {
            let start = offset + RecordExtensions.entryHeaderSizeBytes
            guard start <= block.count, let tag = RecordExtensionTag(rawValue: block[offset]) else { return nil }
            let length = Int(UInt16(littleEndian: block.loadUnaligned(fromByteOffset: offset + 1, as: UInt16.self)))
            guard start + length <= block.count else { return nil }
            offset = start + length
            return Entry(tag: tag, value: UnsafeRawBufferPointer(rebasing: block[start..<start + length]))
        }
    }
}
