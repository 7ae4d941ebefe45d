/// What an index looks up: the high 64 bits of a `KeyHash`, and 24 bits of its low half to be surer.
package struct IndexKey: Hashable, Sendable {
    package let key: UInt64
    /// 24 bits.
    package let check: UInt32

    @inlinable
    package init(key: UInt64, check: UInt32) {
        self.key = key
        self.check = check & UInt32(IndexEntry.checkMask)
    }
}

/// One entry of an index, 16 bytes: a key and the position of an event that has it.
///
/// `value` is the position (40 bits, so at most `Position.indexable`) above 24 check bits; sorting by (key, value)
/// therefore sorts the entries of one key by position.
package struct IndexEntry: Hashable, Sendable, BitwiseCopyable {
    package var key: UInt64
    package var value: UInt64

    /// The bits of `value` below the position.
    package static let checkBits: UInt64 = 24

    /// The check bits of `value`.
    package static let checkMask: UInt64 = 1 << checkBits - 1

    /// The bytes of an entry in memory and in storage.
    package static let sizeBytes = 16

    /// An entry as it is stored.
    @inlinable
    package init(key: UInt64, value: UInt64) {
        self.key = key
        self.value = value
    }

    /// The entry that leads from `hash` to `position`.
    @inlinable
    package init(hash: KeyHash, position: Position) {
        precondition(position <= Position.indexable, "an index entry holds positions of 40 bits")
        key = hash.high
        value = position.rawValue << Self.checkBits | hash.low & Self.checkMask
    }

    /// The event's position.
    @inlinable
    package var position: Position {
        Position(value >> Self.checkBits)
    }

    /// The 24 check bits.
    @inlinable
    package var check: UInt32 {
        UInt32(truncatingIfNeeded: value & Self.checkMask)
    }

    /// The key and check bits without the position.
    @inlinable
    package var indexKey: IndexKey {
        IndexKey(key: key, check: check)
    }
}

extension IndexEntry: Comparable {
    @inlinable
    package static func < (left: IndexEntry, right: IndexEntry) -> Bool {
        left.key != right.key ? left.key < right.key : left.value < right.value
    }
}
