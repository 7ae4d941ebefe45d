package import LedgerAPI

/// The one moment that all streams of an export are of.
package struct ExportMoment: Sendable, Equatable {
    package let ledgerID: String
    /// Of the program that wrote the streams.
    package let version: String
    package let position: UInt64
    /// RFC 3339 in UTC.
    package let at: String
    package let policyVersion: PolicyVersionSet

    package init(_ beginning: ExportBeginning) {
        ledgerID = beginning.ledgerId
        version = beginning.version
        position = beginning.position
        at = beginning.at
        policyVersion = beginning.policyVersion
    }

    /// Throws unless a later stream of the same export is of this moment.
    package func check(_ other: ExportMoment, stream: String) throws(ExportFault) {
        guard self != other else { return }
        throw .anotherMoment(
            stream: stream,
            "it is ledger \(other.ledgerID) \(other.version) at position \(other.position), \(other.at), policies "
                + "\(other.policyText), where \(ledgerID) \(version) at position \(position), \(at), policies "
                + "\(policyText) was begun.")
    }

    /// The versions of the policies: `trust 1, advocacy 1, tax 2`.
    package var policyText: String {
        "trust \(policyVersion.trust), advocacy \(policyVersion.advocacy), tax \(policyVersion.tax)"
    }
}
