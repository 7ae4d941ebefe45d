/// A reader of XML that accepts nothing but what is well-formed: for pages that must be.
enum StrictMarkup {
    struct Element {
        var name: String
        var attributes: [(name: String, value: String)]
        /// The names of the elements directly in it.
        var children: [String] = []
        /// The text in it and in all elements of it, with entities resolved.
        var text = ""
    }

    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// All elements in the order in which they are opened.
    static func elements(of page: String) throws -> [Element] {
        var reader = Reader(Array(page.unicodeScalars))
        return try reader.read()
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0
        var elements: [Element] = []
        var open: [Int] = []

        init(_ scalars: [Unicode.Scalar]) {
            self.scalars = scalars
        }

        mutating func read() throws -> [Element] {
            try expect("<!DOCTYPE html>\n")
            while index < scalars.count {
                if scalars[index] == "<" {
                    try readTag()
                } else {
                    try readText()
                }
            }
            guard open.isEmpty else { throw Fault(description: "<\(elements[open[0]].name)> is not closed") }
            return elements
        }

        mutating func expect(_ text: String) throws {
            let wanted = Array(text.unicodeScalars)
            guard index + wanted.count <= scalars.count, Array(scalars[index..<index + wanted.count]) == wanted else {
                throw Fault(description: "expected \(text) at \(context)")
            }
            index += wanted.count
        }

        var context: String {
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[max(0, index - 40)..<min(scalars.count, index + 40)])
            return "…\(text)…"
        }

        mutating func readTag() throws {
            index += 1
            if index < scalars.count, scalars[index] == "/" {
                index += 1
                let name = try readName()
                try expect(">")
                guard let last = open.popLast(), elements[last].name == name else {
                    throw Fault(description: "</\(name)> closes what is not open at \(context)")
                }
                return
            }
            let name = try readName()
            if let parent = open.last {
                elements[parent].children.append(name)
            } else if !elements.isEmpty {
                throw Fault(description: "a second root <\(name)>")
            }
            elements.append(Element(name: name, attributes: []))
            let own = elements.count - 1
            while index < scalars.count, scalars[index] == " " {
                index += 1
                try readAttribute(of: own)
            }
            if index < scalars.count, scalars[index] == "/" {
                index += 1
                return try expect(">")
            }
            try expect(">")
            open.append(own)
        }

        mutating func readName() throws -> String {
            var name = ""
            while index < scalars.count, isNameScalar(scalars[index]) {
                name.unicodeScalars.append(scalars[index])
                index += 1
            }
            guard !name.isEmpty else { throw Fault(description: "a name is missing at \(context)") }
            return name
        }

        func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == ":")
        }

        mutating func readAttribute(of own: Int) throws {
            let name = try readName()
            guard !elements[own].attributes.contains(where: { $0.name == name }) else {
                throw Fault(description: "\(name) twice at \(context)")
            }
            try expect("=\"")
            var value = ""
            while index < scalars.count, scalars[index] != "\"" {
                value.unicodeScalars.append(try readScalar())
            }
            try expect("\"")
            elements[own].attributes.append((name, value))
        }

        mutating func readText() throws {
            let scalar = try readScalar()
            guard !open.isEmpty || scalar == "\n" else { throw Fault(description: "text outside of the root") }
            for element in open {
                elements[element].text.unicodeScalars.append(scalar)
            }
        }

        mutating func readScalar() throws -> Unicode.Scalar {
            let scalar = scalars[index]
            guard scalar != "<" else { throw Fault(description: "< in an attribute at \(context)") }
            guard scalar == "&" else {
                guard scalar == "\n" || scalar.value >= 32 else { throw Fault(description: "a control character") }
                index += 1
                return scalar
            }
            for (entity, meaning) in [
                ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
            ] as [(String, Unicode.Scalar)] {
                let wanted = Array(entity.unicodeScalars)
                if index + wanted.count <= scalars.count, Array(scalars[index..<index + wanted.count]) == wanted {
                    index += wanted.count
                    return meaning
                }
            }
            throw Fault(description: "& that begins no entity at \(context)")
        }
    }
}
