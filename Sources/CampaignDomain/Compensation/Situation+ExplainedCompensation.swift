extension Situation {
    /// Compensation with its reasons.
    public func explainedCompensation() -> CompensationExplanation {
        let answer = compensation()
        var parts = SumParts()
        eachAmount { parts.add($0, in: evidence.campaignNames.name($0.transfer.campaign)) }
        return CompensationExplanation(
            answer: answer, currencies: answer.currencies.map { parts.explain($0, nil) },
            byCampaign: answer.byCampaign.map { campaign in
                CampaignExplanation(
                    campaignID: campaign.campaignID,
                    currencies: campaign.currencies.map { parts.explain($0, campaign.campaignID) })
            },
            reportable: answer.reportable.map { year in
                ReportableExplanation(answer: year, parts: reportableParts(year))
            })
    }

    /// The postings behind a sum by the positions of their events: those after a position, at most `limit`. Those of
    /// `giftsAtValue`, and of reportable gifts, have the form of postings and state the fair market value.
    public func postings(of reason: CompensationReason, after: FactPosition, limit: Int) -> [Posting] {
        var found: [Transfer] = []
        switch reason {
        case .sum(let sum, let currency, let campaignID):
            let wanted = sum == .receivable ? CompensationSum.due : sum
            let campaign = campaignID.map { evidence.campaignNames.find($0) }
            eachAmount { entry in
                guard entry.sum == wanted, entry.transfer.amount.currency == currency,
                    campaign.map({ $0 == entry.transfer.campaign }) ?? true
                else { return }
                found.append(entry.transfer)
            }
        case .reportable(let year, let currency):
            eachReceipt { receipt in
                guard receipt.year == year, receipt.currency == currency else { return }
                found += transfers(of: receipt)
            }
        }
        found.removeAll { $0.event.position <= after }
        found.sort { $0.event.position < $1.event.position }
        return found.prefix(limit).map { posting($0) }
    }

    /// The positions of the events behind a sum, ascending.
    public func positions(of reason: CompensationReason, after: FactPosition, limit: Int) -> [FactPosition] {
        postings(of: reason, after: after, limit: limit).map(\.event.position)
    }

    /// One side of a posting as part of a sum.
    struct AmountEntry {
        let sum: CompensationSum
        let transfer: Transfer
        /// What it adds to the sum.
        let amount: Int128
    }

    /// All that adds to a sum; a receivable has no entries of its own.
    private func eachAmount(_ body: (AmountEntry) -> Void) {
        for transfer in evidence.transfers() {
            for side in [(account: transfer.debit, sign: Int128(1)), (account: transfer.credit, sign: -1)] {
                guard let sum = side.account.sum else { continue }
                let amount = side.sign * Int128(transfer.amount.minorUnits)
                body(AmountEntry(sum: sum, transfer: transfer, amount: side.account.isExpense ? amount : -amount))
            }
        }
        evidence.eachGiftValue { transfer in
            let value = Int128(transfer.amount.minorUnits)
            body(AmountEntry(sum: .giftsAtValue, transfer: transfer, amount: transfer.debit == .gifts ? value : -value))
        }
    }

    private func reportableParts(_ answer: ReportableYear) -> [ReportablePart] {
        var parts = answer.currencies.flatMap { entry in
            ReceiptKind.allCases.map { ReportablePart(currency: entry.currency, kind: $0) }
        }
        eachReceipt { receipt in
            guard receipt.year == answer.year else { return }
            for place in parts.indices
            where parts[place].currency == receipt.currency && parts[place].kind == receipt.kind {
                parts[place].count += transfers(of: receipt).count
                parts[place].amount += receipt.amount
            }
        }
        return parts.filter { $0.count > 0 }
    }
}

/// Entries of sums, added up by sum, currency, campaign and accounts.
private struct SumParts {
    private struct Key: Hashable {
        let sum: CompensationSum
        let currency: Currency
        let campaignID: String?
    }

    private var parts: [Key: [SumPart]] = [:]

    mutating func add(_ entry: Situation.AmountEntry, in campaignID: String) {
        for campaignID in [campaignID, nil] {
            let key = Key(sum: entry.sum, currency: entry.transfer.amount.currency, campaignID: campaignID)
            parts[key, default: []].add(entry)
        }
    }

    func explain(_ currency: CurrencyAmounts, _ campaignID: String?) -> CurrencyExplanation {
        CurrencyExplanation(
            currency: currency.currency,
            sums: CompensationSum.allCases.map { sum in
                let value = currency.amounts[sum]
                let source = sum == .receivable ? CompensationSum.due : sum
                let key = Key(sum: source, currency: currency.currency, campaignID: campaignID)
                var own = (parts[key] ?? []).sorted {
                    ($0.debit.rawValue, $0.credit.rawValue) < ($1.debit.rawValue, $1.credit.rawValue)
                }
                if sum == .receivable {
                    // A receivable is a due below zero; without one, nothing of the due is part of it.
                    if value == 0 { own = [] }
                    for place in own.indices { own[place].amount = -own[place].amount }
                }
                return SumExplanation(sum: sum, value: value, parts: own)
            })
    }
}

extension [SumPart] {
    fileprivate mutating func add(_ entry: Situation.AmountEntry) {
        let (debit, credit) = (entry.transfer.debit, entry.transfer.credit)
        let place = firstIndex { $0.debit == debit && $0.credit == credit } ?? count
        if place == count { append(SumPart(debit: debit, credit: credit)) }
        self[place].count += 1
        self[place].amount += entry.amount
    }
}
