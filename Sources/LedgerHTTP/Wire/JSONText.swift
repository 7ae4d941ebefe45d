/// JSON written byte by byte as `WireCoding` writes it: the caller names the members in their order. For the answers
/// that are asked for most; a test holds each against what `WireCoding` makes of the same value.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    /// Nothing stands in the object or array yet.
    private var isFirst = true

    /// What most answers take.
    private static let usualBytes = 1024

    init() {
        bytes.reserveCapacity(Self.usualBytes)
    }

    mutating func object(_ members: (inout JSONText) throws -> Void) rethrows {
        try group("{", "}", members)
    }

    mutating func array<Item>(_ items: [Item], _ write: (inout JSONText, Item) throws -> Void) rethrows {
        try group("[", "]") { text in
            for item in items {
                text.separate()
                try write(&text, item)
            }
        }
    }

    /// The members of a dictionary in the order of their names.
    mutating func object<Value>(
        _ members: [String: Value], _ write: (inout JSONText, Value) throws -> Void
    ) rethrows {
        try object { text in
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                text.separate()
                text.string(name)
                text.bytes.append(":")
                try write(&text, value)
            }
        }
    }

    private mutating func group(
        _ open: StaticString, _ close: StaticString, _ content: (inout JSONText) throws -> Void
    ) rethrows {
        bytes.append(open)
        isFirst = true
        try content(&self)
        bytes.append(close)
        isFirst = false
    }

    private mutating func separate() {
        if !isFirst { bytes.append(",") }
        isFirst = false
    }

    /// The name of a member; its value comes next.
    ///
    /// - Parameter name: of characters that need no escape.
    mutating func name(_ name: StaticString) {
        separate()
        bytes.append("\"")
        bytes.append(name)
        bytes.append("\":")
    }

    mutating func member(_ name: StaticString, _ value: String) {
        self.name(name)
        string(value)
    }

    mutating func member(_ name: StaticString, _ value: UInt64) {
        self.name(name)
        bytes.append(decimal: value)
    }

    mutating func member(_ name: StaticString, _ value: Int64) {
        self.name(name)
        integer(value)
    }

    mutating func member(_ name: StaticString, _ value: Int128) {
        self.name(name)
        if let small = Int64(exactly: value) { integer(small) } else { bytes.append(string: String(value)) }
    }

    mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bytes.append(value ? "true" : "false")
    }

    mutating func member(_ name: StaticString, _ value: Int64?) {
        self.name(name)
        if let value { integer(value) } else { bytes.append("null") }
    }

    mutating func member(_ name: StaticString, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { bytes.append("null") }
    }

    private mutating func integer(_ value: Int64) {
        if value < 0 { bytes.append("-") }
        bytes.append(decimal: value.magnitude)
    }

    mutating func string(_ value: String) {
        bytes.append("\"")
        var value = value
        value.withUTF8 { text in
            if text.contains(where: Self.needsEscape) {
                for byte in text { escape(byte) }
            } else {
                bytes.append(contentsOf: text)
            }
        }
        bytes.append("\"")
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): bytes.append("\\\"")
        case UInt8(ascii: "\\"): bytes.append("\\\\")
        case 0x08: bytes.append("\\b")
        case 0x09: bytes.append("\\t")
        case 0x0A: bytes.append("\\n")
        case 0x0C: bytes.append("\\f")
        case 0x0D: bytes.append("\\r")
        case 0..<0x20:
            bytes.append(byte < 0x10 ? "\\u000" : "\\u00")
            bytes.append(string: String(byte, radix: 16))
        default: bytes.append(byte)
        }
    }
}
