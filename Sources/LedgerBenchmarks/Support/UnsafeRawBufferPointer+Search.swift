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

    /// How often `text` occurs behind `prefix`. Quick if the first character of `text` is rare.
    func occurrences(of text: StaticString, behind prefix: StaticString) -> Int {
        var rest = self
        var count = 0
        let length = prefix.utf8CodeUnitCount + text.utf8CodeUnitCount
        while let end = rest.end(of: text) {
            if end >= length, memcmp(rest.baseAddress! + end - length, prefix.utf8Start, prefix.utf8CodeUnitCount) == 0
            {
                count += 1
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[end...])
        }
        return count
    }

    /// The number in decimal digits that begins at an offset; nil if there is no digit.
    func number(at start: Int) -> Int? {
        var value = 0
        var index = start
        while index < count, (0x30...0x39).contains(self[index]), value < Int.max / 100 {
            value = value * 10 + Int(self[index] - 0x30)
            index += 1
        }
        return index == start ? nil : value
    }

    /// The number behind `text`, the first time it occurs.
    func number(after text: StaticString) -> Int? {
        end(of: text).flatMap { number(at: $0) }
    }

    /// Calls `body` with each line, without its end.
    func forEachLine(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        var start = 0
        while start < count {
            let newline = memchr(baseAddress! + start, 0x0A, count - start)
            let end = newline.map { UnsafeRawPointer($0) - baseAddress! } ?? count
            try body(UnsafeRawBufferPointer(rebasing: self[start..<end]))
            start = end + 1
        }
    }
}
