import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

extension PolicyBody {
    init(_ history: PolicyHistory) {
        let versions = history.versions.map { version in
            PolicyVersionBody(
                version: version.version, time: version.time.rfc3339, effectiveFrom: version.effectiveFrom.rfc3339,
                position: version.position.rawValue, body: .policy(history.kind, version.parameters))
        }
        let defaults = PolicyVersionBody(
            version: history.inForce, time: nil, effectiveFrom: nil, position: nil,
            body: .policy(history.kind, history.parameters))
        self.init(
            kind: "\(history.kind)", inForce: versions.first { $0.version == history.inForce } ?? defaults,
            versions: versions)
    }
}

extension JSONValue {
    /// A policy's parameters as its event has them (Projections, section 8).
    static func policy(_ kind: PolicyKind, _ parameters: [Int64]) -> JSONValue {
        guard let table = kind.parameterTable else { return thresholds(parameters) }
        var members: [String: JSONValue] = [:]
        var groups: [String: [String: JSONValue]] = [:]
        for (parameter, value) in zip(table, parameters) {
            if parameter.path.count == 2 {
                groups[parameter.path[0], default: [:]][parameter.path[1]] = .integer(value)
            } else {
                members[parameter.path[0]] = .integer(value)
            }
        }
        for (name, group) in groups { members[name] = .object(group) }
        return .object(members)
    }

    private static func thresholds(_ parameters: [Int64]) -> JSONValue {
        let items = stride(from: 0, to: parameters.count - 1, by: 2).map { index in
            JSONValue.object([
                "fromYear": .integer(parameters[index]),
                "usd": .string(Currency.usd.decimal(Int128(parameters[index + 1]))),
            ])
        }
        return .object(["thresholds": .array(items)])
    }
}
