import Glibc

extension UnsafeRawBufferPointer {
    /// Byte order, as `views/` sorts keys.
    func isLess(than other: UnsafeRawBufferPointer) -> Bool {
        guard let left = baseAddress, let right = other.baseAddress else { return count < other.count }
        let order = memcmp(left, right, Swift.min(count, other.count))
        return order != 0 ? order < 0 : count < other.count
    }

    func starts(withBytes prefix: [UInt8]) -> Bool {
        count >= prefix.count && prefix.withUnsafeBytes { prefix in zip(prefix, self).allSatisfy { $0 == $1 } }
    }
}
