import Foundation

/// The project's own files, as the tests of its structure see them.
enum Project {
    /// The folder of `Package.swift`.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A Swift file: its target, its path from the root, its lines.
    struct SourceFile: Sendable, CustomStringConvertible {
        let target: String
        let path: String
        let lines: [String]

        var description: String { path }
    }

    /// All Swift files of `Sources`, by path.
    static let sources: [SourceFile] = files(under: "Sources")
    /// All Swift files of `Tests`, by path.
    static let tests: [SourceFile] = files(under: "Tests")

    private static func files(under folder: String) -> [SourceFile] {
        let base = root.appendingPathComponent(folder)
        guard let paths = FileManager.default.enumerator(atPath: base.path) else { return [] }
        return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let text = try? String(contentsOf: base.appendingPathComponent(path), encoding: .utf8) else {
                return nil
            }
            return SourceFile(
                target: String(path.prefix { $0 != "/" }), path: "\(folder)/\(path)",
                lines: text.components(separatedBy: "\n"))
        }
    }
}
