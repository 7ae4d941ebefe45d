import Foundation
import ProgrammeSimulator
import Testing

/// A small simulated programme, written out whole.
struct Programme {
    let bytes: [UInt8]

    init(
        seed: UInt64, influencers: Int, events: Int, ids: IdentifierForm = .uuidV7, firstPosition: UInt64? = nil,
        taxPolicyVersion: UInt32? = nil
    ) throws {
        var simulation = try Simulation(
            SimulationSettings(
                seed: seed, influencers: influencers, events: events,
                from: SimulatedInstant(year: 2026, month: 1, day: 1),
                to: SimulatedInstant(year: 2026, month: 7, day: 1),
                ids: ids, firstPosition: firstPosition, taxPolicyVersion: taxPolicyVersion))
        var bytes: [UInt8] = []
        while simulation.next(into: &bytes) {}
        self.bytes = bytes
    }

    var lines: [ArraySlice<UInt8>] {
        bytes.split(separator: 10, omittingEmptySubsequences: true)
    }

    /// Each line as JSON.
    var objects: [[String: Any]] {
        get throws {
            try lines.map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
            }
        }
    }

    var countsByType: [String: Int] {
        get throws {
            var counts: [String: Int] = [:]
            for event in try objects {
                counts[try #require(event["type"] as? String), default: 0] += 1
            }
            return counts
        }
    }
}

/// The names of Events, section 3.
enum Catalogue {
    static let types: Set<String> = [
        "influencer.registered", "audience.measured", "outreach.sent", "outreach.answered", "collaboration.agreed",
        "collaboration.ended", "product.sent", "product.delivered", "product.returned", "product.lost",
        "post.published", "post.removed", "disclosure.assessed", "engagement.recorded", "conversation.recorded",
        "sale.attributed", "sale.reversed", "commission.approved", "fee.accrued", "fee.cancelled", "payout.initiated",
        "payout.settled", "payout.failed", "tax.withheld", "campaign.opened", "campaign.closed", "adflight.recorded",
        "policy.published", "event.retracted",
    ]
}
