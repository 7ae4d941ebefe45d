import FoundationEssentials
import LedgerAPI

@testable import LedgerExports

/// Answers that never change.
enum Fixtures {
    static let beginning = ExportBeginning(
        export: "postings", ledgerId: "0190-aa", version: "0.1.0",
        standing: Standing(
            position: 12, head: 14, at: "2026-06-30T12:00:00Z",
            policyVersion: PolicyVersionSet(advocacy: 1, tax: 2, trust: 3)), influencers: 2)

    static let moment = ExportMoment(beginning)

    static func posting(
        _ position: UInt64, influencer: String? = "ada", campaign: String = "spring", source: String = "urn:shop",
        id: String? = nil, type: String = "fee.accrued", time: String = "2026-01-02T03:04:05Z",
        day: String = "2026-01-02", debit: String = "Expenses:Fees", credit: String = "Liabilities:Due",
        currency: String = "EUR", amount: String = "12.34", minor: Int64 = 1_234
    ) -> PostingBody {
        PostingBody(
            position: position, source: source, id: id ?? "e\(position)", type: type, time: time, day: day,
            influencerId: influencer, campaignId: campaign, debit: debit, credit: credit, currency: currency,
            amount: amount, minor: minor)
    }

    /// Of three currencies, two influencers and media.
    static let postings = [
        posting(1), posting(3, currency: "JPY", amount: "1200", minor: 1_200),
        posting(4, campaign: "autumn", currency: "KWD", amount: "0.500", minor: 500),
        posting(5, influencer: "bo", debit: "Liabilities:Due", credit: "Liabilities:InFlight", minor: 1_234),
        posting(
            6, influencer: nil, type: "adflight.recorded", debit: "Expenses:Media", credit: "Liabilities:Media",
            amount: "99.00", minor: 9_900),
    ]

    /// Postings whose every text is hostile, in turn; and whose texts are all hostile at once.
    static func hostilePostings(_ texts: [String]) -> [PostingBody] {
        var postings: [PostingBody] = []
        for text in texts {
            for field in 0..<8 {
                let position = UInt64(postings.count + 1)
                let all = field == 7
                postings.append(
                    posting(
                        position, influencer: field == 0 || all ? text : "ada",
                        campaign: field == 1 || all ? text : "spring", source: field == 2 || all ? text : "urn:shop",
                        id: field == 3 || all ? text : nil, type: field == 4 || all ? text : "fee.accrued",
                        time: field == 5 || all ? text : "2026-01-02T03:04:05Z",
                        debit: field == 6 || all ? String(text.prefix(200)) : "Expenses:Fees"))
            }
        }
        return postings
    }

    static func written<Writer: ExportTextWriter>(_ writer: Writer, _ rows: [Writer.Row]) throws -> String {
        var writer = writer
        writer.begin(moment)
        for row in rows {
            try writer.add(row)
        }
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
