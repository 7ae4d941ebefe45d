import CampaignDomain
import LedgerEngine

/// What is concluded of an influencer as texts by name, taken from the answers one by one and not by the code that compares
/// them: what an independent comparison says.
enum Conclusions {
    static func of(_ answer: InfluencerAnswer) -> [String: String] {
        let (trust, advocacy) = (answer.trust, answer.advocacy)
        var texts = [
            "score": trust.raw.decimal, "scoreBeforeCaps": trust.beforeCaps.decimal, "band": "\(trust.evidence)",
            "bandCount": "\(trust.evidenceCount)", "caps": "\(trust.caps.map(\.kind))",
            "breaches": trust.openBreaches.joined(separator: " "), "stage": advocacy.stage.name,
            "flags": "\(advocacy.flags)", "acceptRate": "\(String(describing: advocacy.acceptRate))",
            "earnedShare": "\(String(describing: advocacy.earnedShare))",
            "seedingPostRate": "\(String(describing: advocacy.seedingPostRate))",
            "homeTopics": answer.profile.homeTopics.joined(separator: " "),
        ]
        for component in TrustComponent.allCases {
            texts["component \(component)"] = "\(trust.components[component].rawValue)"
        }
        for currency in answer.compensation.currencies {
            texts["sums \(currency.currency.code)"] = "\(currency.amounts)"
        }
        for year in answer.compensation.reportable {
            texts["year \(year.year)"] = "\(year.isReportable) \(year.currencies)"
        }
        return texts
    }

    /// Everyone's, by identifier.
    static func ofEveryone(_ ledger: Ledger, _ query: Query) async throws -> [String: InfluencerAnswer] {
        var answers: [String: InfluencerAnswer] = [:]
        var after: String?
        repeat {
            let page = try await ledger.influencers(query, after: after, limit: 50).value
            for item in page.items { answers[item.id] = item.answer }
            after = page.next
        } while after != nil
        return answers
    }
}
