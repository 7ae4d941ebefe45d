import GRDB
import LedgerAPI

/// Debits and credits of one influencer, or of all media, while the postings come by: 128 bits wide, as the ledger's own.
struct BalanceSums {
    private struct Key: Hashable {
        var campaignID: String
        var currency: String
        var account: String
    }

    private struct Sums {
        var debits: Int128 = 0
        var credits: Int128 = 0
        var places = 0
    }

    private var sums: [Key: Sums] = [:]

    mutating func add(_ posting: PostingBody) {
        let places = Decimals.places(posting.amount)
        let debit = Key(campaignID: posting.campaignId, currency: posting.currency, account: posting.debit)
        let credit = Key(campaignID: posting.campaignId, currency: posting.currency, account: posting.credit)
        sums[debit, default: Sums()].debits += Int128(posting.minor)
        sums[credit, default: Sums()].credits += Int128(posting.minor)
        sums[debit]?.places = places
        sums[credit]?.places = places
    }

    /// The rows, sorted by campaign, currency and account; afterwards there are none.
    mutating func take(influencerID: String?) -> [SQLiteRow] {
        defer { sums.removeAll(keepingCapacity: true) }
        let sorted = sums.sorted {
            ($0.key.campaignID, $0.key.currency, $0.key.account) < ($1.key.campaignID, $1.key.currency, $1.key.account)
        }
        return sorted.map { key, sums in
            let amounts = [sums.debits, sums.credits, sums.debits - sums.credits]
            let name: [(any DatabaseValueConvertible)?] = [influencerID, key.campaignID, key.currency, key.account]
            return SQLiteRow(
                "balances",
                name + amounts.flatMap { SQLiteRows.money(Decimals.text($0, places: sums.places)) })
        }
    }
}
