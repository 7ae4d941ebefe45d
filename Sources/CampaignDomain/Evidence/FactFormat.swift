/// A *fact* is what one event adds to the rows of its stream: its type, time and position, and its fields in a compact
/// form. Rows of facts are the read models' stored form; scores and sums are pure functions of them.
///
///     length  u16   bytes that follow
///     type    u8    EventType
///     time    i64   microseconds
///     position u40
///     payload       the newest schema version's fields in catalogue order, without the one that names the stream
///
/// All little-endian. A payload starts with one byte of presence bits (bit n: the n-th optional field is present) if its
/// schema has optional payload fields. Then, for each field present:
///
///     identifier, text of a list     u8 length, bytes
///     integer                        LEB128
///     money                          3 bytes of currency code, LEB128 minor units
///     topics, identifiers            u8 count, each as an identifier
///     date                           LEB128 days since 1970-01-01
///     instant                        i64 microseconds
///     oneOf                          u8 index in the names
///     country                        2 bytes
///     policyBody                     LEB128 count, each LEB128
///
/// `ext` is not in a fact: no projection reads it.
///
/// Invariants: F1 facts of a row are in the order of their positions. F2 a fact is at most `FactFormat.bytesMax` long.
public enum FactFormat {
    /// Bytes before the payload, the length included.
    public static let headerBytes = 16
    /// An upper bound of a fact's size: the widest types (a post with 8 topics and 8 brands, a policy) stay far below.
    public static let bytesMax = 4096
}
