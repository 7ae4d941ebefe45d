/// Limits of the views' store.
package enum ViewLimits {
    /// The longest key, in bytes.
    package static let keySizeBytesMax = 511
    /// The longest piece, in bytes. Pieces are joined up to this size and never cut, so that what was given in one piece
    /// is found in one piece, and no row makes a segment or a merge large.
    package static let pieceSizeBytesMax = 64 << 10
    /// The most bytes of keys and pieces in one checkpoint.
    package static let checkpointSizeBytesMax = 96 << 20
}

/// The pieces of a checkpoint, where they lie: each is copied once, to the page in which it is stored.
///
/// Sorted by key in byte order. A key may come several times, one right behind the other: its pieces are appended in that
/// order. Nothing of it may change while it is in use.
package protocol ViewPieces {
    /// The number of pieces.
    var count: Int { get }

    /// The key of the row that a piece is appended to, 1 to `ViewLimits.keySizeBytesMax` bytes.
    func key(at index: Int) -> UnsafeRawBufferPointer

    /// The size of a piece, 0 to `ViewLimits.pieceSizeBytesMax` bytes. An empty one makes its row exist.
    func sizeBytes(at index: Int) -> Int

    /// Writes a piece: exactly `sizeBytes(at:)` bytes.
    func write(at index: Int, into memory: UnsafeMutableRawPointer)
}

/// No pieces.
struct NoPieces: ViewPieces {
    var count: Int { 0 }

    func key(at index: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }
    func sizeBytes(at index: Int) -> Int { 0 }
    func write(at index: Int, into memory: UnsafeMutableRawPointer) {}
}
