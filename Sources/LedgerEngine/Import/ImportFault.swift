import CampaignCoding
package import EventLog
package import LedgerStore

/// Why events of an export are not recorded.
package enum ImportFault: Error, Sendable, Equatable {
    /// The ledger holds events, and they were not to be appended to.
    case notEmpty(head: Position)
    /// An event is not as it has to be: its number in the lines that were given, from 0, and a sentence.
    case event(index: Int, reason: String)
    /// The lines as a whole are not.
    case lines(reason: String)
    /// The storage could not do it.
    case storage(StoreError)
}

extension ImportFault {
    init(_ fault: Fault) {
        guard let index = fault.index else {
            self = .lines(reason: fault.description)
            return
        }
        let place = fault.pointer.isEmpty ? "" : " at \(fault.pointer)"
        self = .event(
            index: index, reason: "\(fault.code.rawValue)\(place): expected \(fault.expected), found \(fault.found)")
    }
}
