import CampaignDomain
import LedgerAPI

extension CompensationSums {
    init(_ amounts: Amounts, _ currency: Currency) {
        self.init(
            commissionsPending: currency.decimal(amounts.commissionsPending), due: currency.decimal(amounts.due),
            feesAccrued: currency.decimal(amounts.feesAccrued), giftsAtCost: currency.decimal(amounts.giftsAtCost),
            giftsAtValue: currency.decimal(amounts.giftsAtValue), inFlight: currency.decimal(amounts.inFlight),
            paid: currency.decimal(amounts.paid), receivable: currency.decimal(amounts.receivable),
            withheld: currency.decimal(amounts.withheld))
    }

    static func byCurrency(_ currencies: [CurrencyAmounts]) -> [String: CompensationSums] {
        Dictionary(
            uniqueKeysWithValues: currencies.map { ($0.currency.code, CompensationSums($0.amounts, $0.currency)) })
    }

    static func byCampaign(_ campaigns: [CampaignAmounts]) -> [String: [String: CompensationSums]] {
        Dictionary(uniqueKeysWithValues: campaigns.map { ($0.campaignID, byCurrency($0.currencies)) })
    }
}

extension LedgerAPI.ReportableYear {
    static func byYear(_ years: [CampaignDomain.ReportableYear]) -> [String: LedgerAPI.ReportableYear] {
        Dictionary(uniqueKeysWithValues: years.map { (String($0.year), LedgerAPI.ReportableYear($0)) })
    }

    private init(_ year: CampaignDomain.ReportableYear) {
        let sums = year.currencies.map { sums in
            (
                sums.currency.code,
                ReportableSums(
                    cash: sums.currency.decimal(sums.cash), gifts: sums.currency.decimal(sums.gifts),
                    total: sums.currency.decimal(sums.total))
            )
        }
        self.init(
            currencies: Dictionary(uniqueKeysWithValues: sums), reportable: year.isReportable,
            thresholdUsd: year.thresholdUSD.map { Currency.usd.decimal(Int128($0)) })
    }
}

extension InfluencerCompensationBody {
    init(_ id: String, _ answer: CompensationAnswer) {
        self.init(
            influencerId: id, compensation: CompensationSums.byCurrency(answer.currencies),
            byCampaign: CompensationSums.byCampaign(answer.byCampaign),
            reportable: LedgerAPI.ReportableYear.byYear(answer.reportable))
    }
}

extension CampaignCompensationBody {
    init(_ id: String, _ compensation: CampaignCompensation) {
        let sums = compensation.currencies.map { sums in
            (
                sums.currency.code,
                CampaignSums(
                    sums: CompensationSums(sums.amounts, sums.currency), media: sums.currency.decimal(sums.media))
            )
        }
        self.init(campaignId: id, compensation: Dictionary(uniqueKeysWithValues: sums))
    }
}

extension TrialBalanceBody {
    init(_ balance: TrialBalance) {
        var accounts: [String: [String: Int128]] = [:]
        for entry in balance.entries { accounts[entry.currency.code, default: [:]][entry.account.name] = entry.balance }
        self.init(trialBalance: accounts)
    }
}
