import FoundationEssentials

/// Where the next page of a list begins. Opaque to clients: it also carries the instant and the position that were asked
/// for, so that all pages are of one question, and the list's path, so that it serves no other list.
package struct PageCursor: Sendable, Equatable {
    /// The path of the list.
    package var list: String
    /// The last item given out.
    package var after: String
    /// The `at` asked for, where one was.
    package var at: String?
    /// The `position` asked for, where one was.
    package var position: UInt64?
    /// By what the last item stands where it stands, in a form of the list's own without line feeds; empty: by `after`.
    package var key: String

    package init(
        list: String, after: String, at: String? = nil, position: UInt64? = nil, key: String = ""
    ) {
        self.list = list
        self.after = after
        self.at = at
        self.position = position
        self.key = key
    }

    /// The longest cursor that is looked at, in characters.
    private static let lengthMax = 1024
    /// The first field and the number of fields, without and with a key.
    private static let (plainForm, plainFields, keyForm, keyFields) = ("1", 5, "2", 6)

    /// As it goes over the wire: letters, digits, `-` and `_`.
    package var text: String {
        var fields = [Self.plainForm, list, after, at ?? "", position.map { String($0) } ?? ""]
        if !key.isEmpty { fields = [Self.keyForm] + fields[1...] + [key] }
        return Data(fields.joined(separator: "\n").utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// Reads one back; nil when it is none of ours.
    package init?(text: String) {
        guard text.utf8.count <= Self.lengthMax else { return nil }
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding), let joined = String(validating: data, as: UTF8.self)
        else { return nil }
        let fields = joined.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isPlain = fields[0] == Self.plainForm && fields.count == Self.plainFields
        guard isPlain || fields[0] == Self.keyForm && fields.count == Self.keyFields, !fields[2].isEmpty
        else { return nil }
        list = fields[1]
        after = fields[2]
        at = fields[3].isEmpty ? nil : fields[3]
        position = UInt64(fields[4])
        key = isPlain ? "" : fields[5]
        if position == nil, !fields[4].isEmpty { return nil }
    }
}
