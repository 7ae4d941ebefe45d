import LedgerAPI

/// A piece of HTML that is well-formed XML too: every element is closed, every text escaped. Names of elements and
/// attributes are written in the source, so nothing that others wrote can become one.
package struct Markup: Sendable, Equatable {
    /// Attributes in the order in which they are written.
    package struct Attributes: ExpressibleByDictionaryLiteral, Sendable {
        fileprivate var list: [(name: StaticString, value: String)]

        package init(dictionaryLiteral elements: (StaticString, String)...) {
            list = elements.map { ($0.0, $0.1) }
        }

        /// These and one more.
        func adding(_ name: StaticString, _ value: String?) -> Attributes {
            var more = self
            if let value {
                more.list.append((name, value))
            }
            return more
        }
    }

    /// The HTML.
    package private(set) var html: String

    package static let empty = Markup(html: "")

    private init(html: String) {
        self.html = html
    }

    /// Text, escaped.
    package static func text(_ text: String) -> Markup {
        Markup(html: escape(text))
    }

    /// Text in which every instant and day is an element, which the page's style keeps on one line.
    package static func markingInstants(_ text: String) -> Markup {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.contains(where: isTime) else { return .text(text) }
        var html = ""
        for (index, word) in words.enumerated() {
            html += index > 0 ? " " : ""
            html += isTime(word) ? element("time", [.text(String(word))]).html : escape(String(word))
        }
        return Markup(html: html)
    }

    private static func isTime(_ word: Substring) -> Bool {
        WireTime.isInstant(word) || WireTime.day(String(word)) != nil
    }

    /// What others wrote, kept apart from the direction of the text around it.
    package static func isolated(_ text: String) -> Markup {
        .element("bdi", [.text(text)])
    }

    package static func element(_ name: StaticString, _ children: [Markup]) -> Markup {
        element(name, [:], children)
    }

    package static func element(
        _ name: StaticString, _ attributes: Attributes, _ children: [Markup]
    ) -> Markup {
        var html = open(name, attributes) + ">"
        for child in children {
            html += child.html
        }
        return Markup(html: html + "</\(name)>")
    }

    /// An element whose children each begin on a line of their own.
    package static func block(
        _ name: StaticString, _ attributes: Attributes, _ children: [Markup]
    ) -> Markup {
        var html = open(name, attributes) + ">\n"
        for child in children where !child.html.isEmpty {
            html += child.html + "\n"
        }
        return Markup(html: html + "</\(name)>")
    }

    /// An element that has no children.
    package static func void(_ name: StaticString, _ attributes: Attributes) -> Markup {
        Markup(html: open(name, attributes) + "/>")
    }

    /// A style sheet of ours. It holds no `<` and no `&`, so that it reads the same as HTML and as XML.
    package static func style(_ sheet: StaticString) -> Markup {
        Markup(html: "<style>\n\(sheet)\n</style>")
    }

    /// A whole document around its root element.
    package static func document(_ root: Markup) -> String {
        "<!DOCTYPE html>\n" + root.html + "\n"
    }

    private static func open(_ name: StaticString, _ attributes: Attributes) -> String {
        attributes.list.reduce(into: "<\(name)") { html, attribute in
            html += " \(attribute.name)=\"\(escape(attribute.value))\""
        }
    }

    /// The text with the marks of HTML as entities and with everything that does not print written out as `\u{…}`:
    /// control characters, which XML forbids, and the marks that turn the direction of writing or hide.
    package static func escape(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default:
                if scalar.isUnprintable {
                    safe += scalar.writtenOut
                } else {
                    safe.unicodeScalars.append(scalar)
                }
            }
        }
        return safe
    }
}
