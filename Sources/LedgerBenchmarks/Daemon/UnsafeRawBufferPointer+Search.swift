import Glibc

extension UnsafeRawBufferPointer {
    /// Where `text` ends, the first time it occurs.
    func end(of text: StaticString) -> Int? {
        let length = text.utf8CodeUnitCount
        var start = 0
        while count - start >= length {
            guard let found = memchr(baseAddress! + start, Int32(text.utf8Start[0]), count - start) else { return nil }
            start = UnsafeRawPointer(found) - baseAddress!
            if count - start >= length, memcmp(found, text.utf8Start, length) == 0 {
                return start + length
            }
            start += 1
        }
        return nil
    }
}
