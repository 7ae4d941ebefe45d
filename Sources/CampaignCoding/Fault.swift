/// Why an event, or a whole request, is refused: where, what was expected and what was found.
package struct Fault: Error, Sendable, Equatable {
    /// The event's index in its request, from 0; nil where the request itself is at fault.
    package let index: Int?
    package let code: FaultCode
    /// The JSON Pointer (RFC 6901) of the place within the event; empty for the event as a whole. Within the body where
    /// `index` is nil.
    package let pointer: String
    package let expected: String
    /// What stood there: an excerpt of at most 64 characters, or what was missing.
    package let found: String

    package init(index: Int?, code: FaultCode, pointer: String, expected: String, found: String) {
        self.index = index
        self.code = code
        self.pointer = pointer
        self.expected = expected
        self.found = found
    }
}

extension Fault: CustomStringConvertible {
    package var description: String {
        let event = index.map { "event \($0): " } ?? ""
        return "\(event)\(code.rawValue) at \"\(pointer)\": expected \(expected), found \(found)"
    }
}

/// JSON Pointers (RFC 6901) and excerpts for faults.
enum FaultText {
    /// `/` and the token with `~` and `/` escaped.
    static func step(_ token: String) -> String {
        var step = "/"
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.unicodeScalars.append(scalar)
            }
        }
        return step
    }

    static func pointer(_ tokens: String...) -> String {
        tokens.map(step).joined()
    }

    /// At most `CodingLimits.excerptCharactersMax` characters of some bytes, quotes included; what cannot be shown on
    /// a line is replaced.
    static func quoted(_ bytes: UnsafeRawBufferPointer) -> String {
        let scalarsMax = CodingLimits.excerptCharactersMax - 3
        let head = bytes.prefix(scalarsMax * 4)
        var text = "\""
        var count = 0
        for scalar in String(decoding: head, as: UTF8.self).unicodeScalars {
            guard count < scalarsMax else { break }
            let isShown = scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
            text.unicodeScalars.append(isShown ? scalar : "\u{FFFD}")
            count += 1
        }
        let isCut = bytes.count > head.count || count < String(decoding: head, as: UTF8.self).unicodeScalars.count
        return text + (isCut ? "…\"" : "\"")
    }

    static func quoted(_ text: String) -> String {
        var text = text
        return text.withUTF8 { quoted(UnsafeRawBufferPointer($0)) }
    }
}
