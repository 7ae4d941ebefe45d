import Foundation
import Testing

extension SystemSuite {
    @Suite("README")
    struct ReadmeTests {
        private static let begin = "<!-- test:begin -->"
        private static let end = "<!-- test:end -->"
        /// How long one block may take.
        private static let blockSeconds = 120.0

        @Test("Every command of the README's tested parts works, in order, as it stands there", .timeLimit(.minutes(5)))
        func commands() async throws {
            let count = try await onThread {
                let readme = Places.root.appendingPathComponent("README.md").path
                let blocks = Self.blocks(of: Files.text(readme))
                try require(
                    !blocks.isEmpty,
                    "\(readme) has no ```sh block between \(Self.begin) and \(Self.end): mark those to try")
                let folder = try TemporaryFolder()
                let copy = "\(folder.path)/ledger"
                try Self.copyProject(to: copy)
                // Where the README's commands look for it.
                try FileManager.default.createDirectory(
                    atPath: "\(copy)/run", withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
                let daemon = try DaemonProcess(copy, data: "\(copy)/run/data")
                for (number, block) in blocks.enumerated() {
                    let outcome = try Subprocess.run(
                        "/bin/bash", ["-euo", "pipefail", "-c", block], environment: Subprocess.environment(),
                        folder: copy,
                        timeoutSeconds: Self.blockSeconds)
                    try require(
                        outcome.status == 0,
                        "block \(number + 1) ends with \(outcome.status):\n\(block)\n\(outcome.text)\(outcome.errors)")
                }
                try daemon.stop()
                return blocks.count
            }
            note("README: \(count) blocks")
        }

        /// The text of each ```sh block in the marked parts.
        static func blocks(of readme: String) -> [String] {
            var blocks: [String] = []
            var lines: [Substring]?
            var isTested = false
            for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
                switch line.trimmingCharacters(in: .whitespaces) {
                case begin: isTested = true
                case end: isTested = false
                case "```sh" where isTested: lines = []
                case "```" where lines != nil:
                    blocks.append((lines ?? []).joined(separator: "\n"))
                    lines = nil
                default: lines?.append(line)
                }
            }
            return blocks
        }

        /// What a checkout has beside its sources and what was built.
        private static func copyProject(to copy: String) throws {
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            for name in ["README.md", "LICENSE", "Package.swift", "config", "scripts"] {
                let path = Places.root.appendingPathComponent(name).path
                if Files.exists(path) { try Files.copy(path, to: "\(copy)/\(name)") }
            }
        }

        @Test("Only marked sh blocks are taken")
        func marked() {
            let text = """
                ```sh
                no
                ```
                \(Self.begin)
                ```sh
                one
                two
                ```
                ```
                output
                ```
                \(Self.end)
                ```sh
                no
                ```
                """
            #expect(Self.blocks(of: text) == ["one\ntwo"])
        }
    }
}
