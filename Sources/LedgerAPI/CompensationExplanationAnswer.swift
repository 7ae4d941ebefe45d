/// The body of `/v1/influencers/{id}/compensation?explain=true`.
package struct ExplainedCompensationBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var compensation: [String: CompensationSums]
    package var byCampaign: [String: [String: CompensationSums]]
    package var reportable: [String: ReportableYear]
    package var explanation: CompensationExplanationBody

    package init(
        influencerId: String, compensation: [String: CompensationSums],
        byCampaign: [String: [String: CompensationSums]], reportable: [String: ReportableYear],
        explanation: CompensationExplanationBody
    ) {
        self.influencerId = influencerId
        self.compensation = compensation
        self.byCampaign = byCampaign
        self.reportable = reportable
        self.explanation = explanation
    }
}

/// Why sums of compensation are what they are (Projections, section 0, rule 5; section 5). The postings behind a sum:
/// `/v1/influencers/{id}/compensation/postings`.
package struct CompensationExplanationBody: Codable, Sendable, Equatable {
    /// By currency, then by the sum's name.
    package var compensation: [String: [String: SumExplanationBody]]
    /// By campaign, then by currency, then by the sum's name.
    package var byCampaign: [String: [String: [String: SumExplanationBody]]]
    /// By calendar year; parts by currency, then kind.
    package var reportable: [String: [ReportablePartBody]]

    package init(
        compensation: [String: [String: SumExplanationBody]],
        byCampaign: [String: [String: [String: SumExplanationBody]]], reportable: [String: [ReportablePartBody]]
    ) {
        self.compensation = compensation
        self.byCampaign = byCampaign
        self.reportable = reportable
    }
}

/// One sum: Σ `amount` of its parts = `value`.
package struct SumExplanationBody: Codable, Sendable, Equatable {
    package var value: String
    /// By debit, then credit.
    package var parts: [SumPartBody]

    package init(value: String, parts: [SumPartBody]) {
        self.value = value
        self.parts = parts
    }
}

/// The postings of a sum that go from one account to another.
package struct SumPartBody: Codable, Sendable, Equatable {
    package var debit: String
    package var credit: String
    package var count: Int
    /// What they add to the sum; below zero what they take from it.
    package var amount: String

    package init(debit: String, credit: String, count: Int, amount: String) {
        self.debit = debit
        self.credit = credit
        self.count = count
        self.amount = amount
    }
}

/// One kind of receipts of a year: per currency Σ `amount` = the year's total, that of `cash` its cash.
package struct ReportablePartBody: Codable, Sendable, Equatable {
    package var currency: String
    /// `cash`, `giftsDelivered` or `giftsReturned`.
    package var kind: String
    /// The postings behind it.
    package var count: Int
    /// What went back is below zero.
    package var amount: String

    package init(currency: String, kind: String, count: Int, amount: String) {
        self.currency = currency
        self.kind = kind
        self.count = count
        self.amount = amount
    }
}
