/// References as RFC 3986 writes them (section 4.1): its characters, its percent-encoding and its structure as far as a
/// character can be out of place.
enum URIReference {
    /// Whether the bytes, visible ASCII, are a URI reference. The empty one is not: a source has a length.
    static func isValid(_ text: UnsafeRawBufferPointer) -> Bool {
        guard !text.isEmpty, hasValidCharacters(text) else { return false }
        return hasValidScheme(text) && hasValidBrackets(text)
    }

    private static func hasValidCharacters(_ text: UnsafeRawBufferPointer) -> Bool {
        var fragments = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "%"):
                guard index + 2 < text.count, isHexadecimal(text[index + 1]), isHexadecimal(text[index + 2]) else {
                    return false
                }
                index += 2
            case UInt8(ascii: "#"):
                fragments += 1
                guard fragments == 1 else { return false }
            default: guard isAllowed(byte) else { return false }
            }
            index += 1
        }
        return true
    }

    /// A colon in the first segment ends a scheme, so that segment must be one.
    private static func hasValidScheme(_ text: UnsafeRawBufferPointer) -> Bool {
        for (index, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
            case UInt8(ascii: ":"): return index > 0 && isLetter(text[0])
            default:
                guard isSchemeByte(byte) else { return !hasColonInFirstSegment(text, from: index) }
            }
        }
        return true
    }

    private static func hasColonInFirstSegment(_ text: UnsafeRawBufferPointer, from start: Int) -> Bool {
        for byte in text[start...] {
            if byte == UInt8(ascii: ":") { return true }
            if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { return false }
        }
        return false
    }

    /// Square brackets stand only around the address in an authority.
    private static func hasValidBrackets(_ text: UnsafeRawBufferPointer) -> Bool {
        let opening = UInt8(ascii: "[")
        let closing = UInt8(ascii: "]")
        guard let first = text.firstIndex(where: { $0 == opening || $0 == closing }) else { return true }
        let authority = authority(of: text)
        guard text[first] == opening, authority.contains(first) else { return false }
        let opened = text.filter { $0 == opening }.count
        let closed = text.filter { $0 == closing }.count
        guard opened == 1, closed == 1, let last = text.firstIndex(of: closing) else { return false }
        return last > first + 1 && authority.contains(last)
    }

    /// The range behind `//` up to the path; empty if there is no authority.
    private static func authority(of text: UnsafeRawBufferPointer) -> Range<Int> {
        let slash = UInt8(ascii: "/")
        var start = 0
        if let colon = text.firstIndex(of: UInt8(ascii: ":")), text[..<colon].allSatisfy(isSchemeByte) {
            start = colon + 1
        }
        guard start + 1 < text.count, text[start] == slash, text[start + 1] == slash else { return 0..<0 }
        let rest = text[(start + 2)...]
        let end = rest.firstIndex { $0 == slash || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.count
        return start + 2..<end
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return isDigit(byte) || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f"))
    }

    private static func isSchemeByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    /// Unreserved and reserved characters.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || marks.utf8.contains(byte)
    }

    private static let marks = "-._~:/?#[]@!$&'()*+,;="
}
