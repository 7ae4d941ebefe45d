package import CampaignDomain
import Yams

/// Policies from a YAML file, or a JSON file, which is YAML too (Projections, section 8): those that a new ledger begins
/// with, or those that a whatif asks about. Of each kind that is there all parameters.
package struct PolicyFile {
    /// In the order of the kinds.
    package private(set) var policies: [(kind: PolicyKind, parameters: [Int64])] = []
    private let document: YAMLDocument

    /// - Parameter isWhole: whether all kinds have to be there; else one is enough.
    package init(path: String, isWhole: Bool = true) throws(SettingsFault) {
        document = try YAMLDocument(path: path)
        let names = PolicyKind.names.joined(separator: ", ")
        guard let root = document.root else {
            throw SettingsFault(path, "the file is empty", "It needs \(isWhole ? names : "one or more of \(names)").")
        }
        let members = try members(root, "the file", PolicyKind.names, isWhole: isWhole)
        for kind in PolicyKind.allCases {
            guard let body = members["\(kind)"] else { continue }
            policies.append((kind, try kind == .tax ? thresholds(body) : parameters(body, kind)))
        }
    }

    /// The members of a mapping that has exactly those names, or one of them at least.
    private func members(
        _ node: Node, _ name: String, _ names: [String], isWhole: Bool = true
    ) throws(SettingsFault) -> [String: Node] {
        var members: [String: Node] = [:]
        let allowed = "It takes \(isWhole ? "exactly" : "one or more of") \(names.joined(separator: ", "))."
        for (key, member, value) in try document.members(node, name) {
            guard names.contains(member) else {
                throw SettingsFault(document.place(key), "\(member) is unknown in \(name)", allowed)
            }
            members[member] = value
        }
        if let missing = names.first(where: { members[$0] == nil }), isWhole || members.isEmpty {
            throw SettingsFault(document.place(node), "\(missing) is missing in \(name)", allowed)
        }
        return members
    }

    private func parameters(_ body: Node, _ kind: PolicyKind) throws(SettingsFault) -> [Int64] {
        let table = kind.parameterTable ?? []
        var names: [String] = []
        for parameter in table where names.last != parameter.path[0] { names.append(parameter.path[0]) }
        let members = try members(body, "\(kind)", names)
        var groups: [String: [String: Node]] = [:]
        for name in names {
            let inner = table.filter { $0.path.count == 2 && $0.path[0] == name }.map { $0.path[1] }
            if !inner.isEmpty, let node = members[name] { groups[name] = try self.members(node, name, inner) }
        }
        var values: [Int64] = []
        for parameter in table {
            let name = parameter.path[0]
            let node = parameter.path.count == 2 ? groups[name]?[parameter.path[1]] : members[name]
            guard let node else { continue }
            values.append(try number(node, parameter.path.joined(separator: "."), parameter.range))
        }
        if let fault = PolicyParameter.fault(in: values, of: kind), let node = members[fault.path[0]] {
            throw SettingsFault(
                document.place(node), "\(fault.path.joined(separator: ".")) does not fit", "It takes \(fault.expected)."
            )
        }
        return values
    }

    private func number(_ node: Node, _ name: String, _ range: ClosedRange<Int64>) throws(SettingsFault) -> Int64 {
        let text = node.scalar?.string ?? ""
        guard let value = Int64(text), String(value) == text, range.contains(value) else {
            throw SettingsFault(
                document.place(node), "\(name) is \"\(text)\"",
                "It has to be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value
    }

    private static let years: ClosedRange<Int64> = 0...9999

    private func thresholds(_ body: Node) throws(SettingsFault) -> [Int64] {
        let members = try members(body, "tax", ["thresholds"])
        let maximum = PolicyParameter.taxThresholdsMax
        guard let list = members["thresholds"], case .sequence(let items) = list, (1...maximum).contains(items.count)
        else {
            throw SettingsFault(
                document.place(members["thresholds"] ?? body), "thresholds is no list of 1 to \(maximum)",
                "Write items of fromYear and usd.")
        }
        var values: [Int64] = []
        for item in items {
            let threshold = try self.members(item, "a threshold", ["fromYear", "usd"])
            guard let yearNode = threshold["fromYear"], let amountNode = threshold["usd"] else { continue }
            let year = try number(yearNode, "fromYear", Self.years)
            guard !stride(from: 0, to: values.count, by: 2).contains(where: { values[$0] == year }) else {
                throw SettingsFault(document.place(yearNode), "fromYear \(year) is there twice", "Keep one of them.")
            }
            values += [year, try amount(amountNode)]
        }
        return values
    }

    private func amount(_ node: Node) throws(SettingsFault) -> Int64 {
        var text = node.scalar?.string ?? ""
        let money = text.withUTF8 { Money(decimal: UnsafeRawBufferPointer($0), currency: .usd) }
        guard let money else {
            throw SettingsFault(
                document.place(node), "usd is \"\(text)\"", "It has to be an amount such as \"2000.00\".")
        }
        return money.minorUnits
    }
}
