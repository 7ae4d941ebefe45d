package import Yams

/// A YAML file whose values know their place, for messages that name line and column.
package struct YAMLDocument {
    package let path: String
    package let root: Node?

    package init(path: String) throws(SettingsFault) {
        self.path = path
        let text = try TextFile.read(path)
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw SettingsFault(path, "not YAML: \(error)", "Correct the file.")
        }
    }

    /// Where a value is: path, line, column.
    package func place(_ node: Node) -> String {
        node.mark.map { "\(path):\($0.line):\($0.column)" } ?? path
    }

    /// The members of a mapping; a name twice is a fault.
    package func members(
        _ node: Node, _ name: String
    ) throws(SettingsFault) -> [(key: Node, name: String, value: Node)] {
        guard case .mapping(let mapping) = node else {
            throw SettingsFault(place(node), "\(name) is no mapping", "Write names and values, one a line.")
        }
        var members: [(key: Node, name: String, value: Node)] = []
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                throw SettingsFault(place(key), "a name in \(name) is no text", "Write names and values, one a line.")
            }
            guard !members.contains(where: { $0.name == scalar.string }) else {
                throw SettingsFault(place(key), "\(scalar.string) is there twice", "Keep one of them.")
            }
            members.append((key, scalar.string, value))
        }
        return members
    }
}
