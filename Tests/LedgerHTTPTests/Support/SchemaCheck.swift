import Foundation

/// As much of JSON Schema as the description uses.
struct SchemaCheck {
    private let schemas: [String: [String: Any]]

    init(document: [String: Any]) {
        let components = document["components"] as? [String: Any]
        schemas = components?["schemas"] as? [String: [String: Any]] ?? [:]
    }

    /// Where the value is not what the schema of that name says.
    func faults(in value: Any, of name: String) -> [String] {
        guard let schema = schemas[name] else { return ["no schema \(name)"] }
        return faults(value, schema, at: "")
    }

    private func faults(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            return schemas[String(reference.split(separator: "/").last ?? "")].map { faults(value, $0, at: place) }
                ?? ["\(place): \(reference) is not there"]
        }
        if let choices = schema["anyOf"] as? [[String: Any]] {
            return choices.contains { faults(value, $0, at: place).isEmpty } ? [] : ["\(place): none of the choices"]
        }
        switch schema["type"] as? String {
        case "object": return object(value, schema, at: place)
        case "array": return array(value, schema, at: place)
        case "string": return text(value, schema, at: place)
        case "integer":
            guard let number = value as? NSNumber, !Self.isFlag(number) else { return ["\(place): not a number"] }
            let least = (schema["minimum"] as? NSNumber)?.int64Value ?? .min
            return number.int64Value >= least ? [] : ["\(place): below \(least)"]
        case "boolean": return (value as? NSNumber).map(Self.isFlag) == true ? [] : ["\(place): not a boolean"]
        case "null": return value is NSNull ? [] : ["\(place): not null"]
        default: return ["\(place): a schema without a type"]
        }
    }

    private static func isFlag(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }

    private func object(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let members = value as? [String: Any] else { return ["\(place): not an object"] }
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        let required = schema["required"] as? [String] ?? []
        var faults = required.filter { members[$0] == nil }.map { "\(place)/\($0): missing" }
        for (name, member) in members {
            if let schema = known[name] {
                faults += self.faults(member, schema, at: "\(place)/\(name)")
            } else if let others = schema["additionalProperties"] as? [String: Any] {
                faults += self.faults(member, others, at: "\(place)/\(name)")
            } else if (schema["additionalProperties"] as? Bool) == false {
                faults.append("\(place)/\(name): not described")
            }
        }
        return faults
    }

    private func array(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let items = value as? [Any] else { return ["\(place): not an array"] }
        if let members = schema["prefixItems"] as? [[String: Any]] {
            guard members.count == items.count else { return ["\(place): \(items.count) items"] }
            return zip(items, members).enumerated().flatMap { faults($1.0, $1.1, at: "\(place)/\($0)") }
        }
        guard let schema = schema["items"] as? [String: Any] else { return ["\(place): items not described"] }
        return items.enumerated().flatMap { faults($1, schema, at: "\(place)/\($0)") }
    }

    private func text(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let text = value as? String else { return ["\(place): not a string"] }
        if let words = schema["enum"] as? [String], !words.contains(text) { return ["\(place): \(text)"] }
        if let pattern = schema["pattern"] as? String, text.range(of: pattern, options: .regularExpression) == nil {
            return ["\(place): \(text) is not \(pattern)"]
        }
        if schema["format"] as? String == "date-time", text.wholeMatch(of: /\d{4}-\d\d-\d\dT[\d:]{8}(\.\d{6})?Z/) == nil
        {
            return ["\(place): \(text) is not a time"]
        }
        return []
    }
}
