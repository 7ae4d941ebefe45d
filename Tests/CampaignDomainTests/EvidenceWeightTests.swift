import CampaignDomain
import Testing

@Suite("Evidence weights")
struct EvidenceWeightTests {
    @Test(
        "Weights of the default half-life are those of the specification",
        arguments: [
            (0, 1_000_000_000), (1, 996_156_587), (30, 890_898_707), (90, 707_106_744), (180, 499_999_940),
            (365, 245_232_426), (730, 60_138_869),
        ] as [(Int, UInt64)])
    func table(age: Int, weight: UInt64) {
        #expect(TrustPolicy.standard.evidenceWeights[age] == weight)
    }

    @Test("Evidence beyond the last day, or of the future, has no weight")
    func bounds() {
        #expect(TrustPolicy.standard.evidenceWeights[731] == nil)
        #expect(TrustPolicy.standard.evidenceWeights[-1] == nil)
        #expect(EvidenceWeights(multiplier: 1 << 32, days: 3650)[3650] == EvidenceWeights.unit)
        #expect(EvidenceWeights(multiplier: 1, days: 0)[0] == EvidenceWeights.unit)
        #expect(EvidenceWeights(multiplier: 1, days: 0)[1] == nil)
    }

    @Test("No evidence is worth 5000")
    func prior() {
        #expect(Beta().value == .neutral)
        #expect(Beta(unitsPerWhole: 2).value == .neutral)
    }

    @Test("A hundred replied half a year ago and a hundred unreplied today are worth 3355")
    func decay() {
        var beta = Beta()
        beta.add(good: 100, weight: TrustPolicy.standard.evidenceWeights[180]!)
        beta.add(bad: 100, weight: TrustPolicy.standard.evidenceWeights[0]!)
        #expect(beta.value == BasisPoints(3355))
    }

    @Test(
        "Good and bad counts of age 0 have the values of the vectors",
        arguments: [
            (800, 160, 8326), (6, 0, 8750), (14, 10, 5769), (24, 0, 9615), (7, 0, 8888), (5, 95, 588), (3, 3, 5000),
            (5, 1, 7500),
        ] as [(Int64, Int64, Int64)])
    func values(good: Int64, bad: Int64, value: Int64) {
        var beta = Beta()
        beta.add(good: good, bad: bad, weight: EvidenceWeights.unit)
        #expect(beta.value == BasisPoints(value))
    }

    @Test(
        "Disclosures in half units have the values of the vectors",
        arguments: [(6, 0, 8750), (24, 0, 9615), (6, 1, 7777), (4, 2, 6250)] as [(Int64, Int64, Int64)])
    func halves(clear: Int64, missing: Int64, value: Int64) {
        var beta = Beta(unitsPerWhole: 2)
        beta.add(good: 2 * clear, bad: 2 * missing, weight: EvidenceWeights.unit)
        #expect(beta.value == BasisPoints(value))
    }

    @Test("The largest counts do not overflow")
    func largest() {
        var beta = Beta()
        let most: Int64 = 2 * ((1 << 53) - 1)
        for _ in 0..<10_000 { beta.add(good: most, bad: 0, weight: EvidenceWeights.unit) }
        #expect(beta.value == BasisPoints(9999))
    }
}
