internal import CChecksum

/// CRC-32C (Castagnoli): what records and the segments of the index carry to show that their bytes have not changed.
package enum Checksum {
    /// The checksum of some bytes; of more bytes than one piece if `previous` is what came before.
    package static func crc32c(_ bytes: UnsafeRawBufferPointer, after previous: UInt32 = 0) -> UInt32 {
        campaign_crc32c(previous, bytes.baseAddress, bytes.count)
    }
}
