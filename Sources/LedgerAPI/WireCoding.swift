package import FoundationEssentials

/// The one way our JSON is written and read: keys sorted, slashes as they are, so that equal answers are equal bytes.
package enum WireCoding {
    /// The JSON text of `value`, UTF-8.
    package static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// The value that a JSON text says.
    package static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        try JSONDecoder().decode(type, from: data)
    }
}
