import CampaignDomain
import Testing

@testable import CampaignCoding

/// The body of the request that starts a replay.
@Suite struct ReplayOrderTests {
    private static let tables = CatalogueTables()
    private static let kinds = ["verify", "whatif"]

    private static func read(_ text: String) throws -> ReplayOrder {
        try ReplayOrderReader.read(Array(text.utf8), kinds: kinds, tables: tables)
    }

    /// Code and pointer of each fault, and what was expected of the first.
    private static func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch {
            guard let faults = error as? ReplayOrderFaults else { return ["\(error)"] }
            #expect(faults.total == faults.faults.count)
            #expect(faults.faults.allSatisfy { !$0.expected.isEmpty && !$0.found.isEmpty && $0.index == nil })
            return faults.faults.map { "\($0.code.rawValue) \($0.pointer)" }
        }
    }

    private static let trust = Sample.body(of: PolicyParameter.trust)
    private static let advocacy = Sample.body(of: PolicyParameter.advocacy)

    @Test("Every value is read in its form, policies in the order of their tables")
    func reads() throws {
        let order = try Self.read(
            """
            {"at":"2026-06-30T12:00:00Z","policies":{"tax":{"thresholds":[{"fromYear":2026,"usd":"2000.00"},
            {"fromYear":0,"usd":"600.00"}]},"trust":\(Self.trust),"advocacy":\(Self.advocacy)},"kind":"whatif",
            "cores":2,"sharePercent":100,"position":17}
            """)
        #expect(order.kind == "whatif" && order.cores == 2 && order.sharePercent == 100 && order.position == 17)
        #expect(order.at?.rfc3339 == "2026-06-30T12:00:00Z")
        #expect(order.policies?.map(\.kind) == PolicyKind.allCases)
        for policy in try #require(order.policies) {
            #expect(policy.parameters == policy.kind.standardParameters, "\(policy.kind)")
        }
        let least = try Self.read(#"{"kind":"verify"}"#)
        #expect(least.policies == nil && least.cores == nil && least.at == nil && least.position == nil)
    }

    @Test("What is wrong is named by its pointer and nothing is taken")
    func refuses() {
        #expect(Self.faults("[]") == ["invalidField "])
        #expect(Self.faults("{}") == ["missingField /kind"])
        #expect(Self.faults(#"{"kind":"rebuild"}"#) == ["invalidField /kind"])
        #expect(Self.faults(#"{"kind":"verify","core":1}"#) == ["unknownField /core"])
        #expect(
            Self.faults(#"{"kind":"verify","cores":0,"sharePercent":101,"position":-1,"at":"yesterday"}"#)
                == ["invalidField /cores", "invalidField /sharePercent", "invalidField /position", "invalidField /at"])
        #expect(Self.faults(#"{"kind":"whatif","policies":{}}"#) == ["invalidField /policies"])
        #expect(Self.faults(#"{"kind":"whatif","policies":{"trust":1}}"#) == ["invalidField /policies/trust"])
        #expect(Self.faults(#"{"kind":"whatif","policies":{"trusted":{}}}"#) == ["unknownField /policies/trusted"])
        #expect(Self.faults(#"{"kind":"verify","kind":"verify"}"#) == ["duplicateKey /kind"])
        #expect(Self.faults("{\"kind\":").count == 1)
        #expect(Self.faults("").count == 1)
    }

    @Test("A policy's body has the faults of policy.published, at its place in the order")
    func refusesPolicies() {
        func faults(_ old: String, _ new: String) -> [String] {
            #expect(Self.trust.contains(old))
            return Self.faults(
                "{\"kind\":\"whatif\",\"policies\":{\"trust\":\(Self.trust.replacing(old, with: new))}}")
        }
        let place = "/policies/trust"
        #expect(faults(#""brandsFree":3"#, #""brandsFree":-1"#) == ["invalidField \(place)/brandsFree"])
        #expect(faults(#""brandsFree":3,"#, "") == ["missingField \(place)/brandsFree"])
        #expect(faults(#""reliability":5"#, #""reliability":6"#) == ["brokenRule \(place)/weights"])
        #expect(faults(#""brandsFree":3"#, #""brandsFree":3.5"#).count == 1)
        #expect(
            Self.faults(#"{"kind":"whatif","policies":{"tax":{"thresholds":[{"fromYear":1}]}}}"#)
                == ["missingField /policies/tax/thresholds/0/usd"])
    }
}
