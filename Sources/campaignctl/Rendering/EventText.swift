import FoundationEssentials
import LedgerAPI

/// Recorded events as lines, and one with all it says.
enum EventText {
    /// Attributes that have a place of their own in a line.
    private static let shown: Set<String> = ["sequence", "time", "type", "subject", "data"]
    /// Columns of the longest type's name and of most positions.
    private static let typeColumns = 22
    private static let positionColumns = 10

    /// One event as one line: position, time, type, stream, data.
    static func line(_ json: Data, _ style: Style) -> String {
        guard case .object(let event)? = try? WireCoding.decode(JSONValue.self, from: json) else {
            return TerminalText.escape(String(decoding: json, as: UTF8.self)) + "\n"
        }
        let subject = text(event["subject"])
        let owner = subject.split(separator: "/", maxSplits: 1).last.map { String($0) } ?? ""
        let number = "\(UInt64(text(event["sequence"])) ?? 0)"
        let type = text(event["type"])
        return [
            style.paint(leftPadded(number, positionColumns), .dim), TerminalText.escape(text(event["time"])),
            style.paint(padded(TerminalText.escape(type), typeColumns), .bold), TerminalText.escape(subject),
            TerminalText.escape(summary(event["data"], owner: owner)),
        ].joined(separator: "  ").trimmingTrailingSpaces() + "\n"
    }

    /// One event with every attribute and field on a line of its own.
    static func detail(_ json: Data, _ style: Style) -> String {
        guard case .object(let event)? = try? WireCoding.decode(JSONValue.self, from: json) else {
            return TerminalText.escape(String(decoding: json, as: UTF8.self)) + "\n"
        }
        var table = Table(.left(""), .left(""))
        table.add("position", .init("\(UInt64(text(event["sequence"])) ?? 0)"))
        for name in ["type", "subject", "time"] {
            table.add(.init(name), .init(text(event[name])))
        }
        for (name, value) in event.sorted(by: { $0.key < $1.key }) where !shown.contains(name) {
            table.add(.init(name), .init(text(of: value)))
        }
        var data = Table(.left(""), .left(""))
        if case .object(let fields)? = event["data"] {
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                data.add(.init(name), .init(text(of: value)))
            }
        }
        return table.text(style) + style.paint("data", .bold) + "\n" + data.text(style, indent: "  ")
    }

    /// The fields of `data`, but the one that names the stream's owner again.
    private static func summary(_ data: JSONValue?, owner: String) -> String {
        guard case .object(let fields)? = data else { return "" }
        return fields.sorted { $0.key < $1.key }.compactMap { name, value in
            let isOwner = (name == "influencerId" || name == "campaignId") && text(value) == owner
            return isOwner ? nil : "\(name)=\(text(of: value))"
        }.joined(separator: " ")
    }

    /// A value as people write it: money as `129.90 EUR`, lists with commas.
    static func text(of value: JSONValue) -> String {
        switch value {
        case .null: return "null"
        case .bool(let truth): return truth ? "true" : "false"
        case .integer(let number): return String(number)
        case .string(let text): return text
        case .array(let items):
            let isFlat = items.allSatisfy { if case .object = $0 { false } else { true } }
            let texts = items.map { text(of: $0) }
            return isFlat ? texts.joined(separator: ",") : "[" + texts.joined(separator: ", ") + "]"
        case .object(let members):
            if members.count == 2, case .string(let currency)? = members["currency"],
                case .string(let amount)? = members["amount"]
            {
                return "\(amount) \(currency)"
            }
            let texts = members.sorted { $0.key < $1.key }.map { "\($0.key)=\(text(of: $0.value))" }
            return "{" + texts.joined(separator: " ") + "}"
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        value.map { text(of: $0) } ?? ""
    }

    private static func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - TerminalText.width(of: text)))
    }

    private static func leftPadded(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - TerminalText.width(of: text))) + text
    }
}
