import Glibc

/// Descriptors to wait for. (`pselect` is what Glibc offers Swift that waits more finely than a millisecond.)
struct DescriptorSet {
    /// Descriptors from this number on do not fit.
    static let limit = Int32(MemoryLayout<fd_set>.size * 8)

    private(set) var set = fd_set()

    mutating func insert(_ descriptor: Int32) {
        precondition(descriptor < Self.limit, "more descriptors than a set holds")
        withUnsafeMutableBytes(of: &set) { $0[Int(descriptor / 8)] |= 1 << UInt8(descriptor % 8) }
    }

    func contains(_ descriptor: Int32) -> Bool {
        withUnsafeBytes(of: set) { $0[Int(descriptor / 8)] & 1 << UInt8(descriptor % 8) != 0 }
    }

    /// Waits until one of them can be read or written, or for so many nanoseconds; what cannot is removed.
    static func wait(_ readable: inout DescriptorSet, _ writable: inout DescriptorSet, nanoseconds: UInt64) throws {
        var timeout = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        guard pselect(limit, &readable.set, &writable.set, nil, &timeout, nil) >= 0 else {
            guard errno == EINTR else { throw BenchmarkFault.system("wait for answers") }
            (readable, writable) = (DescriptorSet(), DescriptorSet())
            return
        }
    }
}
