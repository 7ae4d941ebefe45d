/// Text as a token that no accounting tool can take for anything else: percent-encoded as in RFC 3986, reversibly.
///
/// What stays as it is are letters and digits of ASCII and a few marks; every other byte of the UTF-8 becomes `%` and two
/// hexadecimal digits, and nothing at all becomes a lone `%`. So there is no space, line end, quote, `;`, `,`, `|`,
/// bracket, control or invisible character in a token, whatever was in the text.
package enum ExportToken {
    /// The longest text that is written, bytes. The longest of a ledger, an event's source or id, has 128 characters of
    /// ASCII. `ledger` reads no line of more than 4,096 bytes: encoded, this one fits.
    package static let textBytesMax = 1_024

    /// For a payee and for names: only letters, digits and `.` `_` `-` `~` stay, so that `/` can be put between two.
    package static func name(_ text: String) throws(ExportFault) -> String {
        try encode(text) { isLetterOrDigit($0) || [0x2D, 0x2E, 0x5F, 0x7E].contains($0) }
    }

    /// For the value of a tag: also `:` `/` `@` `+` `?` `&` `#` `=` stay, so that a URI stays readable.
    package static func value(_ text: String) throws(ExportFault) -> String {
        try encode(text) {
            isLetterOrDigit($0)
                || [0x2D, 0x2E, 0x5F, 0x7E, 0x3A, 0x2F, 0x40, 0x2B, 0x3F, 0x26, 0x23, 0x3D].contains($0)
        }
    }

    /// The text of a token; nil for what is none.
    package static func decode(_ token: String) -> String? {
        guard token != "%" else { return "" }
        var bytes: [UInt8] = []
        var rest = Array(token.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Two hexadecimal digits, capitals.
    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "0" + digits : digits
    }

    private static func encode(_ text: String, _ isKept: (UInt8) -> Bool) throws(ExportFault) -> String {
        guard text.utf8.count <= textBytesMax else {
            throw .unwritableValue(
                "A text of \(text.utf8.count) bytes is longer than the \(textBytesMax) that an export takes.")
        }
        guard !text.isEmpty else { return "%" }
        guard !text.utf8.allSatisfy(isKept) else { return text }
        var token = ""
        for byte in text.utf8 {
            token += isKept(byte) ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }
        return token
    }
}
