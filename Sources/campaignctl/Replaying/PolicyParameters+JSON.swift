import CampaignDomain
import LedgerAPI
import SettingsFiles

extension PolicyFile {
    /// The policies as the body of a whatif has them.
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for (kind, parameters) in policies {
            members["\(kind)"] =
                if let table = kind.parameterTable {
                    .parameters(zip(table, parameters).map { ($0.path, $1) })
                } else {
                    .parameters(
                        thresholds: TaxPolicy(version: 0, parameters).thresholds.map {
                            (Int64($0.fromYear), Currency.usd.decimal(Int128($0.minorUnits)))
                        })
                }
        }
        return .object(members)
    }

    /// Reads a file that a command names.
    ///
    /// - Throws: a `CommandFailure` that says what is wrong, in which line, and what is allowed.
    init(named path: String) throws(CommandFailure) {
        do throws(SettingsFault) {
            try self.init(path: path, isWhole: false)
        } catch {
            throw CommandFailure(.inputMissing, "\(error)")
        }
    }
}
