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
        if let table = kind.parameterTable {
            return .parameters(zip(table, parameters).map { ($0.path, $1) })
        }
        return .parameters(
            thresholds: TaxPolicy(version: 0, parameters).thresholds.map {
                (Int64($0.fromYear), Currency.usd.decimal(Int128($0.minorUnits)))
            })
    }
}
