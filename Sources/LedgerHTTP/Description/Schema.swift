import LedgerAPI

/// Words to write JSON Schemas with (draft 2020-12, as OpenAPI 3.1 has it).
enum Schema {
    static func reference(_ name: String) -> JSONValue {
        .object(["$ref": .string("#/components/schemas/\(name)")])
    }

    /// An object with exactly these members, all of them there but the optional ones.
    static func object(_ members: [String: JSONValue], optional: Set<String> = []) -> JSONValue {
        let required = members.keys.filter { !optional.contains($0) }.sorted()
        return .object([
            "type": .string("object"), "properties": .object(members),
            "required": .array(required.map { .string($0) }), "additionalProperties": .bool(false),
        ])
    }

    /// An object of any keys whose values are alike.
    static func map(of value: JSONValue, _ description: String) -> JSONValue {
        .object([
            "type": .string("object"), "additionalProperties": value, "description": .string(description),
        ])
    }

    static func list(of item: JSONValue) -> JSONValue {
        .object(["type": .string("array"), "items": item])
    }

    static func text(_ description: String) -> JSONValue {
        .object(["type": .string("string"), "description": .string(description)])
    }

    static func text(of words: [String]) -> JSONValue {
        .object(["type": .string("string"), "enum": .array(words.map { .string($0) })])
    }

    static func number(_ description: String, from least: Int64? = 0) -> JSONValue {
        var schema: [String: JSONValue] = ["type": .string("integer"), "description": .string(description)]
        if let least { schema["minimum"] = .integer(least) }
        return .object(schema)
    }

    static let flag: JSONValue = .object(["type": .string("boolean")])

    static let instant: JSONValue = .object([
        "type": .string("string"), "format": .string("date-time"),
        "description": .string("RFC 3339 in UTC, with six digits of a fraction where it is not zero."),
    ])

    static let date: JSONValue = .object(["type": .string("string"), "format": .string("date")])

    static let identifier: JSONValue = .object([
        "type": .string("string"), "pattern": .string("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
    ])

    static let money: JSONValue = .object([
        "type": .string("string"), "pattern": .string(#"^-?[0-9]+(\.[0-9]+)?$"#),
        "description": .string("A decimal with all the currency's minor digits."),
    ])

    /// The value, or null.
    static func nullable(_ schema: JSONValue) -> JSONValue {
        .object(["anyOf": .array([schema, .object(["type": .string("null")])])])
    }

    /// An array of as many members as there are schemas, in their order.
    static func tuple(_ members: [JSONValue]) -> JSONValue {
        .object([
            "type": .string("array"), "prefixItems": .array(members), "items": .bool(false),
            "minItems": .integer(Int64(members.count)),
        ])
    }
}
