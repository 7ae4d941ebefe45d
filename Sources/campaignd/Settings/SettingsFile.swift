import SettingsFiles
import Yams

/// The settings of a YAML file, every one checked, with their places.
struct SettingsFile {
    private(set) var values: [String: String] = [:]

    init(path: String) throws(SettingsFault) {
        let document = try YAMLDocument(path: path)
        // A file of comments alone sets nothing.
        guard let root = document.root else { return }
        if case .scalar(let scalar) = root, scalar.string.isEmpty { return }
        try read(root, group: nil, of: document)
    }

    private mutating func read(_ node: Node, group: String?, of document: YAMLDocument) throws(SettingsFault) {
        for (key, name, value) in try document.members(node, group ?? "the file") {
            let path = group.map { "\($0).\(name)" } ?? name
            if let setting = Setting.all.first(where: { $0.key == path }) {
                try take(value, setting, of: document)
            } else if group == nil, Setting.all.contains(where: { $0.key.hasPrefix("\(path).") }) {
                try read(value, group: path, of: document)
            } else {
                throw SettingsFault(document.place(key), "\(path) is unknown", Self.known(group))
            }
        }
    }

    private mutating func take(
        _ node: Node, _ setting: Setting, of document: YAMLDocument
    ) throws(SettingsFault) {
        guard case .scalar(let scalar) = node, setting.allows(scalar.string) else {
            let found = node.scalar.map { "\"\($0.string)\"" } ?? "not a plain value"
            throw SettingsFault(
                document.place(node), "\(setting.key) is \(found)", "It has to be \(setting.expectation).")
        }
        values[setting.key] = scalar.string
    }

    /// What can stand there.
    private static func known(_ group: String?) -> String {
        let keys = Setting.all.map(\.key)
        guard let group else {
            let names = keys.map { String($0.split(separator: ".")[0]) }
            let unique = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }.map(\.element)
            return "Known are \(unique.joined(separator: ", "))."
        }
        let members = keys.filter { $0.hasPrefix("\(group).") }.map { $0.dropFirst(group.count + 1) }
        return "Known in \(group) are \(members.joined(separator: ", "))."
    }
}
