import LedgerAPI

/// The policies in force and their history.
enum PolicyText {
    static func renderList(_ answer: Answered<ItemList<PolicyBody>>, _ style: Style) -> String {
        var table = Table(
            .left("policy"), .left("in force"), .left("version"), .left("effective from"), .left("published"),
            .right("position"))
        for policy in answer.body.items {
            if policy.inForce.version == 0 {
                table.add(.init(policy.kind), .init("yes", .good), "default", .init(style.dash), .init(style.dash))
            }
            for version in policy.versions.sorted(by: { $0.version < $1.version }) {
                table.rows.append(row(version, of: policy, style))
            }
        }
        return table.text(style) + StandingText.render(answer.standing, style)
    }

    private static func row(_ version: PolicyVersionBody, of policy: PolicyBody, _ style: Style) -> [Table.Cell] {
        let isInForce = version.version == policy.inForce.version
        return [
            .init(policy.kind), isInForce ? .init("yes", .good) : .init("no", .dim), .init("v\(version.version)"),
            .init(version.effectiveFrom ?? style.dash), .init(version.time ?? style.dash),
            .init(version.position.map { "\($0)" } ?? style.dash),
        ]
    }

    /// One kind, with the parameters of the version in force.
    static func render(_ answer: Answered<PolicyBody>, _ style: Style) -> String {
        let policy = answer.body
        var text = style.paint("Policy \(TerminalText.escape(policy.kind))", .bold)
        text += ": \(StandingText.version(policy.inForce.version)) in force"
        text += policy.inForce.effectiveFrom.map { " since \(TerminalText.escape($0))" } ?? ""
        text += "\n"
        var table = Table(.left("parameter"), .left("value"))
        for (name, value) in parameters(policy.inForce.body, prefix: "") {
            table.add(.init(name), .init(value))
        }
        text += table.text(style, indent: "  ")
        let versions = policy.versions.map(\.version).sorted().map { StandingText.version($0) }
        text += "versions recorded: \(versions.isEmpty ? "none" : versions.joined(separator: ", "))\n"
        return text + StandingText.render(answer.standing, style)
    }

    /// The parameters by name, with groups written as `weights.disclosure`.
    private static func parameters(_ value: JSONValue, prefix: String) -> [(String, String)] {
        guard case .object(let members) = value else {
            return [(prefix, EventText.text(of: value))]
        }
        return members.sorted { $0.key < $1.key }.flatMap { name, member in
            parameters(member, prefix: prefix.isEmpty ? name : "\(prefix).\(name)")
        }
    }
}
