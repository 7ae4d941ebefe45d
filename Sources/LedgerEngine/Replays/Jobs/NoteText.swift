import EventLog

/// The form of a job's file: lines of `key: value`, the fields of a value separated by tabs, and at the end a checksum
/// over what comes before it, so that a text that was cut off or changed is known for that.
enum NoteText {
    private static let checksumKey = "checksum: "

    /// The text of some lines.
    static func text(_ lines: [(key: String, fields: [String])]) -> String {
        var text = ""
        for (key, fields) in lines {
            text += "\(key): \(fields.map(escaped).joined(separator: "\t"))\n"
        }
        return text + "\(checksumKey)\(checksum(text))\n"
    }

    /// The lines of a text.
    static func lines(_ text: String) throws(NoteFault) -> [(key: String, fields: [String])] {
        guard text.hasSuffix("\n"), let start = text.dropLast().lastIndex(of: "\n") else {
            throw NoteFault("it has no end")
        }
        let body = text[...start]
        let last = text[text.index(after: start)...].dropLast()
        guard last == "\(checksumKey)\(checksum(String(body)))" else {
            throw NoteFault("its checksum is not that of its text")
        }
        var lines: [(key: String, fields: [String])] = []
        for line in body.split(separator: "\n", omittingEmptySubsequences: true) {
            // By bytes: a space and an accent that begins the value are one character.
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")),
                let start = line.utf8.index(colon, offsetBy: 2, limitedBy: line.endIndex)
            else { throw NoteFault("the line '\(line)' has no key") }
            let value = line[start...]
            let fields = value.split(separator: "\t", omittingEmptySubsequences: false)
            lines.append((String(line[..<colon]), fields.map { unescaped($0) }))
        }
        return lines
    }

    private static func checksum(_ text: String) -> String {
        var text = text
        let sum = text.withUTF8 { Checksum.crc32c(UnsafeRawBufferPointer($0)) }
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// By scalars: a carriage return and a line feed are one character.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                let plain: Unicode.Scalar = scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar == "t" ? "\t" : scalar
                result.unicodeScalars.append(plain)
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// Why a text is no job's file.
struct NoteFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
