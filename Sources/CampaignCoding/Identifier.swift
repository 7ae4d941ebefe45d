/// The forms of identifiers and topics (Events, section 1).
enum Identifier {
    static let lengthMax = 64
    static let topicLengthMax = 40

    /// 1–64 of `A–Z a–z 0–9 . _ -`, first a letter or digit.
    @inline(__always)
    static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 1, text.count <= lengthMax, text[0] != UInt8(ascii: "."), text[0] != UInt8(ascii: "_"),
            text[0] != UInt8(ascii: "-")
        else { return false }
        return text.allWords { word in
            // Letters of either case are the same once 0x20 is set, and no other byte becomes one.
            let letters = (word | 0x2020_2020_2020_2020).bytes(from: UInt8(ascii: "a"), to: UInt8(ascii: "z"))
            let digits = word.bytes(from: UInt8(ascii: "0"), to: UInt8(ascii: "9"))
            let dots = word.bytes(from: UInt8(ascii: "-"), to: UInt8(ascii: "."))
            let lines = word.bytes(from: UInt8(ascii: "_"), to: UInt8(ascii: "_"))
            return letters | digits | dots | lines == UInt64.highBits
        }
    }

    /// 1–40 of `a–z 0–9 -`.
    @inline(__always)
    static func isTopic(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.count >= 1, text.count <= topicLengthMax else { return false }
        return text.allWords { word in
            let letters = word.bytes(from: UInt8(ascii: "a"), to: UInt8(ascii: "z"))
            let digits = word.bytes(from: UInt8(ascii: "0"), to: UInt8(ascii: "9"))
            let lines = word.bytes(from: UInt8(ascii: "-"), to: UInt8(ascii: "-"))
            return letters | digits | lines == UInt64.highBits
        }
    }
}
