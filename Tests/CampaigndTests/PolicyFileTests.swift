import CampaignDomain
import Foundation
import SettingsFiles
import Testing

@testable import campaignd

struct PolicyFileTests {
    private static func shipped() throws -> String {
        try String(contentsOfFile: configFolder + "/policy.yaml", encoding: .utf8)
    }

    /// The fault of the shipped file after a change, with its path cut off.
    private static func fault(_ old: String, _ new: String) throws -> String {
        let text = try shipped()
        #expect(text.contains(old))
        let file = try TestFile(text.replacingOccurrences(of: old, with: new))
        do {
            _ = try PolicyFile(path: file.path)
            return "accepted"
        } catch {
            return "\(error)".replacingOccurrences(of: file.path, with: "FILE")
        }
    }

    @Test func theShippedFileHoldsTheDefaults() throws {
        let policies = try PolicyFile(path: configFolder + "/policy.yaml").policies
        #expect(policies.map(\.kind) == PolicyKind.allCases)
        for (kind, parameters) in policies { #expect(parameters == kind.standardParameters, "\(kind)") }
    }

    @Test func aMissingAndAnUnknownParameterAreNamed() throws {
        #expect(try Self.fault("  homeTopics: 3\n", "").contains("homeTopics is missing in trust."))
        #expect(try Self.fault("    micro: 220\n", "").contains("micro is missing in benchmarkBp."))
        let unknown = try Self.fault("  homePosts: 5\n", "  homePosts: 5\n  homePost: 5\n")
        #expect(unknown.contains(":3: homePost is unknown in trust."))
        #expect(try Self.fault("advocacy:\n", "advocates:\n").contains(":1: advocates is unknown in the file."))
        #expect(
            try Self.fault("    - fromYear: 0\n      usd: \"600.00\"", "    - fromYear: 0").contains("usd is missing"))
    }

    @Test func aBadValueIsNamedWithWhatIsAllowed() throws {
        let range = try Self.fault("evidenceDays: 730", "evidenceDays: 3651")
        #expect(range.contains("evidenceDays is \"3651\". It has to be a whole number from 0 to 3650."))
        #expect(try Self.fault("mega: 120", "mega: 0").contains("benchmarkBp.mega is \"0\"."))
        #expect(try Self.fault("reliability: 5", "reliability: 6").contains("weights that sum to 100"))
        #expect(try Self.fault("shareFreeBp: 2000", "shareFreeBp: 7000").contains("less than shareEndBp"))
        #expect(try Self.fault("\"600.00\"", "\"600.001\"").contains("usd is \"600.001\"."))
        #expect(try Self.fault("fromYear: 0", "fromYear: 2026").contains("fromYear 2026 is there twice."))
        #expect(try Self.fault("homeTopics: 3", "homeTopics: 3.5").contains("homeTopics is \"3.5\"."))
    }
}
