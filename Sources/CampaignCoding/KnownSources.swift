internal import EventLog

/// The sources that were found good lately, with what the hash of an identity needs of them: a handful of services post,
/// each under its own few.
///
/// Direct-mapped: a source has one slot, and takes it from another that has the same.
final class KnownSources {
    private let texts: UnsafeMutableRawPointer
    private let lengths: UnsafeMutablePointer<UInt8>
    private let hashers: UnsafeMutablePointer<KeyHasher>

    private static let slotCount = 64

    init() {
        texts = .allocate(byteCount: Self.slotCount * Rule.sourceLengthMax, alignment: 16)
        lengths = .allocate(capacity: Self.slotCount)
        lengths.initialize(repeating: 0, count: Self.slotCount)
        hashers = .allocate(capacity: Self.slotCount)
        hashers.initialize(repeating: KeyHasher(domain: .identity), count: Self.slotCount)
    }

    deinit {
        texts.deallocate()
        lengths.deallocate()
        hashers.deallocate()
    }

    /// The state of the identity's hash behind the source, if the source is known.
    @inline(__always)
    func hasher(of source: UnsafeRawBufferPointer) -> KeyHasher? {
        let slot = Self.slot(of: source)
        guard source.count == Int(lengths[slot]), !source.isEmpty,
            source.equals(UnsafeRawBufferPointer(start: text(slot), count: source.count))
        else { return nil }
        return hashers[slot]
    }

    /// Notes a source of 1 to `Rule.sourceLengthMax` bytes.
    func insert(_ source: UnsafeRawBufferPointer) -> KeyHasher {
        let slot = Self.slot(of: source)
        let hasher = KeyHasher(source: source)
        guard let start = source.baseAddress, source.count <= Rule.sourceLengthMax else { return hasher }
        text(slot).copyMemory(from: start, byteCount: source.count)
        lengths[slot] = UInt8(source.count)
        hashers[slot] = hasher
        return hasher
    }

    private func text(_ slot: Int) -> UnsafeMutableRawPointer {
        texts + slot * Rule.sourceLengthMax
    }

    /// By length and the bytes that tell the names of services apart: the last ones and one in the middle.
    @inline(__always)
    private static func slot(of source: UnsafeRawBufferPointer) -> Int {
        guard let last = source.last else { return 0 }
        let mixed = Int(last) &+ 5 &* Int(source[source.count / 2]) &+ 11 &* source.count
        return (mixed &+ 3 &* Int(source[source.count * 3 / 4])) % slotCount
    }
}
