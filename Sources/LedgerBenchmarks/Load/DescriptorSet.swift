import Glibc

/// Descriptors to wait for. (`pselect` is what Glibc offers Swift that waits more finely than a millisecond. The kernel
/// takes sets of any size; `fd_set` is only what C programs usually hand it.)
struct DescriptorSet {
    /// One bit a descriptor, as many words as the highest needs.
    private var words: [UInt] = []

    mutating func insert(_ descriptor: Int32) {
        let (word, bit) = Int(descriptor).quotientAndRemainder(dividingBy: UInt.bitWidth)
        widen(to: word + 1)
        words[word] |= 1 << UInt(bit)
    }

    func contains(_ descriptor: Int32) -> Bool {
        let (word, bit) = Int(descriptor).quotientAndRemainder(dividingBy: UInt.bitWidth)
        return word < words.count && words[word] & 1 << UInt(bit) != 0
    }

    private mutating func widen(to count: Int) {
        while words.count < count { words.append(0) }
    }

    /// Waits until one of them can be read or written, or for so many nanoseconds; what cannot is removed.
    static func wait(_ readable: inout DescriptorSet, _ writable: inout DescriptorSet, nanoseconds: UInt64) throws {
        var timeout = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        let count = max(readable.words.count, writable.words.count, 1)
        readable.widen(to: count)
        writable.widen(to: count)
        let found = readable.words.withUnsafeMutableBytes { readable in
            writable.words.withUnsafeMutableBytes { writable in
                pselect(
                    Int32(count * UInt.bitWidth), readable.baseAddress?.assumingMemoryBound(to: fd_set.self),
                    writable.baseAddress?.assumingMemoryBound(to: fd_set.self), nil, &timeout, nil)
            }
        }
        guard found >= 0 else {
            guard errno == EINTR else { throw BenchmarkFault.system("wait for answers") }
            (readable, writable) = (DescriptorSet(), DescriptorSet())
            return
        }
    }
}
