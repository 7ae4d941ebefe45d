/// The body of `/v1/trial-balance`: per currency and account with postings, minor units, debits positive. Each currency
/// sums to zero.
package struct TrialBalanceBody: Codable, Sendable, Equatable {
    /// By currency, then by account. 128 bits wide, as the sums are.
    package var trialBalance: [String: [String: Int128]]

    package init(trialBalance: [String: [String: Int128]]) {
        self.trialBalance = trialBalance
    }
}
