import CampaignCoding
import CampaignDomain
import EventLog
import Glibc
import LedgerStore

/// A new ledger's first events are the default policies (Events, section 3, at the end).
extension Ledger {
    /// Records them if the log is empty, and waits until they are durable.
    func recordDefaultPolicies() throws {
        guard log.head == .beforeFirst, !configuration.defaultPolicies.isEmpty else { return }
        var body: [UInt8] = []
        for (kind, parameters) in configuration.defaultPolicies {
            body.append(contentsOf: DefaultPolicies.event(kind, parameters).utf8)
            body.append(UInt8(ascii: "\n"))
        }
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        let outcome = Monitor<Result<AppendReceipt, AppendRefusal>?>(nil)
        body.withUnsafeBytes { bytes in
            append(
                UnsafeRawBufferPointer(rebasing: bytes[0..<length]), format: .ndjson,
                poster: Poster(uid: getuid(), userName: DefaultPolicies.ownUserName()), validateOnly: false
            ) { result in outcome.notify { $0 = result } }
        }
        if case .failure(let refusal)? = outcome.wait(for: { $0 }) {
            throw LedgerOpeningError.defaultPoliciesRefused("\(refusal)")
        }
    }
}

package enum DefaultPolicies {
    /// A `policy.published` of version 1, in force since the beginning.
    static func event(_ kind: PolicyKind, _ parameters: [Int64]) -> String {
        let start = "1970-01-01T00:00:00Z"
        return
            #"{"specversion":"1.0","id":"policy.\#(kind).1","source":"urn:campaign-ledger","type":"policy.published","#
            + #""time":"\#(start)","data":{"kind":"\#(kind)","version":1,"effectiveFrom":"\#(start)","body":"#
            + body(kind, parameters) + "}}"
    }

    /// The body of a policy as JSON.
    private static func body(_ kind: PolicyKind, _ parameters: [Int64]) -> String {
        guard let table = kind.parameterTable else { return taxBody(parameters) }
        var members: [String] = []
        var group: (name: String, members: [String])?
        func closeGroup() {
            if let closed = group { members.append(#""\#(closed.name)":{\#(closed.members.joined(separator: ","))}"#) }
            group = nil
        }
        for (parameter, value) in zip(table, parameters) {
            let member = #""\#(parameter.path[parameter.path.count - 1])":\#(value)"#
            if parameter.path.count == 2 {
                if group?.name != parameter.path[0] {
                    closeGroup()
                    group = (parameter.path[0], [])
                }
                group?.members.append(member)
            } else {
                closeGroup()
                members.append(member)
            }
        }
        closeGroup()
        return "{\(members.joined(separator: ","))}"
    }

    private static func taxBody(_ parameters: [Int64]) -> String {
        let thresholds = stride(from: 0, to: parameters.count, by: 2).map { index in
            #"{"fromYear":\#(parameters[index]),"usd":"\#(Currency.usd.decimal(Int128(parameters[index + 1])))"}"#
        }
        return #"{"thresholds":[\#(thresholds.joined(separator: ","))]}"#
    }

    /// The name of the user who runs the daemon.
    package static func ownUserName() -> String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid\(getuid())" }
        return String(cString: name)
    }
}
