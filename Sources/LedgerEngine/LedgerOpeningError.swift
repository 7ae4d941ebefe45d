/// Why a ledger was not opened: what, where and what to do.
package enum LedgerOpeningError: Error, CustomStringConvertible {
    /// Another process has the data directory.
    case inUse(String)
    /// The data directory is not in a state to start from, or could not be read.
    case refused(String)
    /// A new ledger's default policies could not be recorded.
    case defaultPoliciesRefused(String)

    package var description: String {
        switch self {
        case .inUse(let text), .refused(let text): return text
        case .defaultPoliciesRefused(let reason):
            return "the default policies could not be recorded: \(reason). Correct the policy file, remove the new "
                + "data directory and start again."
        }
    }
}
