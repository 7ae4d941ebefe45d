import CampaignDomain
import EventLog

/// Keys of the read models' rows, in bytes:
///
/// Values are sealed with a checksum (`RowSeal`).
///
///     i INFLUENCER                      facts of an influencer's stream, the newest
///     i INFLUENCER 00 FIRST(5, BE)      older facts of it, from position FIRST on; never changed again
///     c CAMPAIGN …, p KIND …            the same for campaigns' and policies' streams
///     l CAMPAIGN 00 INFLUENCER          an event of that influencer names that campaign; no value
///
/// Identifiers have no byte below 2D, so 00 sorts before every continuation and all rows of one stream lie together.
///
/// Invariants: V1 a stream's facts, older rows first, are in the order of their positions. V2 which facts share a row
/// depends on the facts alone, never on batches or checkpoints. V3 links are never removed: a link says where to look.
enum ViewKeys {
    static let influencer = UInt8(ascii: "i")
    static let campaign = UInt8(ascii: "c")
    static let policy = UInt8(ascii: "p")
    static let link = UInt8(ascii: "l")
    static let separator: UInt8 = 0
    /// Right above the separator: an identifier and this is behind all its rows and before the next identifier's.
    static let afterSeparator: UInt8 = 1

    /// The version of the rows' form. Rows of another version are deleted at start and built again from the log.
    static let rowsVersion: UInt32 = 1

    /// The most bytes of facts in one row: with its key it stays on LMDB's inline pages (2,038 bytes a node).
    static let rowBytesMax = 1600

    /// The first byte of the keys of a kind of stream.
    static func prefix(of kind: CampaignDomain.SubjectKind) -> UInt8 {
        switch kind {
        case .influencer: return influencer
        case .campaign: return campaign
        case .policy: return policy
        }
    }

    static func key(_ prefix: UInt8, _ id: String) -> [UInt8] {
        [prefix] + Array(id.utf8)
    }

    /// The key of the row that keeps a full row's facts, the first of which has that position.
    static func archiveKey(base: UnsafeRawBufferPointer, firstPosition: UInt64) -> [UInt8] {
        var key = Array(base)
        key.append(separator)
        for shift in stride(from: 32, through: 0, by: -8) {
            key.append(UInt8(truncatingIfNeeded: firstPosition >> UInt64(shift)))
        }
        return key
    }

    /// The identifier in a key of a stream's or link's row: the bytes between the prefix and the separator.
    static func identifier(in key: UnsafeRawBufferPointer) -> String {
        let bytes = key.dropFirst()
        return String(decoding: bytes.prefix { $0 != separator }, as: UTF8.self)
    }
}
