import LedgerAPI

/// A posting as accounting tools take it: every text a token, every number checked. What journal and Beancount share.
struct BookkeepingEntry {
    let position: UInt64
    /// `YYYY-MM-DD`.
    let day: String
    /// The influencer's name, or `campaign/NAME` for media. No influencer's name holds a `/`.
    let payee: String
    let type: String
    /// Keys and values to tag the transaction with, in order; `position` is not among them.
    let tags: [(key: String, value: String)]
    let currency: String
    let amount: String

    init(_ posting: PostingBody) throws(ExportFault) {
        guard Self.isDay(posting.day) else {
            throw .unwritableValue("The posting of position \(posting.position) is of no day.")
        }
        guard Self.isCurrency(posting.currency), Decimals.isDecimal(posting.amount) else {
            throw .unwritableValue("The posting of position \(posting.position) has no amount of money.")
        }
        position = posting.position
        day = posting.day
        type = try ExportToken.value(posting.type)
        currency = posting.currency
        amount = posting.amount
        let campaign = try ExportToken.name(posting.campaignId)
        var tags = [
            ("source", try ExportToken.value(posting.source)), ("id", try ExportToken.value(posting.id)),
            ("type", type), ("time", try ExportToken.value(posting.time)),
        ]
        if let influencerID = posting.influencerId {
            payee = try ExportToken.name(influencerID)
            tags.append(("influencer", payee))
        } else {
            payee = "campaign/" + campaign
        }
        tags.append(("campaign", campaign))
        self.tags = tags
    }

    private static func isDay(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return false }
        let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        return numbers[0] >= 1_970 && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
    }

    private static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
    }
}
