import CampaignDomain
import EventLog

extension Ledger {
    /// All versions of each kind of policy, and the one in force.
    package func policies(_ query: Query) async throws(QueryFault) -> Answer<[PolicyHistory]> {
        let reading = try await reading(query)
        var histories: [PolicyHistory] = []
        for kind in PolicyKind.allCases { histories.append(try reading.policyHistory(kind)) }
        return answer(histories, of: reading)
    }
}

extension Reading {
    /// Versions known at the position, oldest first, whatever their time: one that is dated ahead is worth seeing.
    fileprivate func policyHistory(_ kind: PolicyKind) throws(QueryFault) -> PolicyHistory {
        var versions: [PolicyHistory.Version] = []
        for piece in try rows(.policy, "\(kind)").pieces {
            var reader = FactReader(piece)
            while !reader.isAtEnd {
                let fact = reader.readFact()
                guard case .policyPublished(let policy) = fact.content, fact.position.rawValue <= position.rawValue
                else { continue }
                versions.append(
                    PolicyHistory.Version(
                        version: policy.version, time: fact.time, effectiveFrom: policy.effectiveFrom,
                        position: Position(fact.position.rawValue), parameters: policy.parameters))
            }
        }
        let inForce = view.policyVersion(kind)
        return PolicyHistory(
            kind: kind, inForce: inForce,
            parameters: versions.first { $0.version == inForce }?.parameters ?? kind.standardParameters,
            versions: versions)
    }
}
