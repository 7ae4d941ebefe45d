extension PlainHead {
    /// Walks over the bytes of a head.
    struct Scanner {
        /// Why it does not go on.
        enum Stop: Error {
            /// The bytes are at their end.
            case ended
            /// They are not of the form.
            case strange
        }

        let bytes: UnsafeRawBufferPointer
        /// What is looked at ends here.
        let end: Int
        private(set) var place = 0

        init(bytes: UnsafeRawBufferPointer, end: Int) {
            self.bytes = bytes
            self.end = end
        }

        /// Goes over all bytes that pass; the one that does not has to be there.
        mutating func take(_ passes: (UInt8) -> Bool) throws(Stop) -> Range<Int> {
            let start = place
            while place < end, passes(bytes[place]) { place += 1 }
            guard place < end else { throw .ended }
            return start..<place
        }

        /// Goes over the byte if it is the next.
        mutating func skip(_ byte: UInt8) throws(Stop) -> Bool {
            guard place < end else { throw .ended }
            guard bytes[place] == byte else { return false }
            place += 1
            return true
        }

        mutating func expect(_ text: StaticString) throws(Stop) {
            for index in 0..<text.utf8CodeUnitCount { guard try skip(text.utf8Start[index]) else { throw .strange } }
        }

        func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
            guard range.count == text.utf8CodeUnitCount else { return false }
            for index in 0..<range.count where bytes[range.lowerBound + index] != text.utf8Start[index] { return false }
            return true
        }

        /// - Parameter text: in lower case.
        func matchesAnyCase(_ range: Range<Int>, _ text: StaticString) -> Bool {
            guard range.count == text.utf8CodeUnitCount else { return false }
            for index in 0..<range.count where bytes[range.lowerBound + index].lowered != text.utf8Start[index] {
                return false
            }
            return true
        }

        /// A length in digits, of a size that no sum with it overflows.
        func number(_ range: Range<Int>) -> Int? {
            let digitsMax = 15
            guard !range.isEmpty, range.count <= digitsMax else { return nil }
            var value = 0
            for index in range {
                guard bytes[index].isDigit else { return nil }
                value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
            }
            return value
        }
    }
}

/// The kinds of bytes of RFC 9110 and RFC 9112, or less than them.
extension UInt8 {
    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isCapital: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }

    /// Of a target: visible ASCII.
    var isVisible: Bool { self > 0x20 && self < 0x7F }

    /// Of the name of a field.
    var isToken: Bool {
        let lowered = lowered
        return lowered >= UInt8(ascii: "a") && lowered <= UInt8(ascii: "z") || isDigit || self == UInt8(ascii: "-")
            || self == UInt8(ascii: "_")
    }

    /// Of the value of a field: ASCII text and tabs.
    var isText: Bool { self >= 0x20 && self < 0x7F || self == 0x09 }

    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// In lower case, if it is a letter.
    fileprivate var lowered: UInt8 { isCapital ? self | 0x20 : self }
}
