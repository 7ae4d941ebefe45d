extension JSONValue {
    /// A policy's parameters as its event has them (Projections, section 8).
    ///
    /// - Parameter values: each by its name, or by a group and a name in it.
    package static func parameters(_ values: [(path: [String], value: Int64)]) -> JSONValue {
        var members: [String: JSONValue] = [:]
        var groups: [String: [String: JSONValue]] = [:]
        for (path, value) in values {
            if path.count == 2 {
                groups[path[0], default: [:]][path[1]] = .integer(value)
            } else {
                members[path[0]] = .integer(value)
            }
        }
        for (name, group) in groups { members[name] = .object(group) }
        return .object(members)
    }

    /// The parameters of a tax policy as its event has them.
    ///
    /// - Parameter thresholds: amounts as decimals of US dollars.
    package static func parameters(thresholds: [(fromYear: Int64, usd: String)]) -> JSONValue {
        let items = thresholds.map { threshold in
            JSONValue.object(["fromYear": .integer(threshold.fromYear), "usd": .string(threshold.usd)])
        }
        return .object(["thresholds": .array(items)])
    }
}
