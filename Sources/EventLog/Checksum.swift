internal import CChecksum

/// CRC-32C (Castagnoli): what records and the segments of the index carry to show that their bytes have not changed.
package enum Checksum {
    /// The checksum of some bytes; of more bytes than one piece if `previous` is what came before.
    package static func crc32c(_ bytes: UnsafeRawBufferPointer, after previous: UInt32 = 0) -> UInt32 {
        campaign_crc32c(previous, bytes.baseAddress, bytes.count)
    }

    /// What the checksum of a value becomes when eight of its bytes are XORed with `change` (little-endian) and `behind`
    /// bytes follow them: a few nanoseconds, however long the value is.
    package static func crc32c(
        _ checksum: UInt32, changedBy change: UInt64, bytesBehind behind: Int
    ) -> UInt32 {
        campaign_crc32c_changed(checksum, change, behind)
    }
}
