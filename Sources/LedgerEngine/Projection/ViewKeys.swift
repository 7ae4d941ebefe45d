import CampaignDomain
import EventLog

/// Keys of the read models' rows, in bytes, and what their values are:
///
///     i INFLUENCER              facts of an influencer's stream
///     c CAMPAIGN                facts of a campaign's
///     p KIND                    facts of a policy's
///     l CAMPAIGN 00 INFLUENCER  an event of that influencer names that campaign; no value
///
/// Identifiers have no byte below 2D, so 00 sorts before every continuation and all links of a campaign lie together.
///
/// Invariants: V1 a row's facts are in the order of their positions. V2 a row is a function of the stream's facts alone,
/// never of batches or checkpoints. V3 links are never removed: a link says where to look.
enum ViewKeys {
    static let influencer = UInt8(ascii: "i")
    static let campaign = UInt8(ascii: "c")
    static let policy = UInt8(ascii: "p")
    static let link = UInt8(ascii: "l")
    static let separator: UInt8 = 0
    /// Right above the separator: an identifier and this is behind all its rows and before the next identifier's.
    static let afterSeparator: UInt8 = 1

    /// The version of the fold: of the rows' form and of what they hold.
    static let rowsVersion: UInt32 = 2
    /// The versions whose rows this program can read and go on folding. At a start those of an older one serve while they
    /// are built anew beside; those of any other are deleted and built again from the log.
    static let readableVersions: Set<UInt32> = [rowsVersion]

    /// The first byte of the keys of a kind of stream.
    @inline(__always)
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

    /// The identifier in a key of a stream's or link's row: the bytes between the prefix and the separator.
    static func identifier(in key: UnsafeRawBufferPointer) -> String {
        let bytes = key.dropFirst()
        return String(decoding: bytes.prefix { $0 != separator }, as: UTF8.self)
    }
}
