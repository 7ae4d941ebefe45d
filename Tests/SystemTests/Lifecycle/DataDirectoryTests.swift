import Foundation
import Glibc
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("The data directory")
    struct DataDirectoryTests {
        /// What is done to a data directory, and what the daemon has to say of it.
        struct Damage: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var words: [String]
            /// Given the data directory, and an older copy of its log.
            var cause: @Sendable (_ data: String, _ older: String) throws -> Void
        }

        static let damages = [
            Damage(testDescription: "its log's file is cut off", words: ["cut off", "log/data.mdb", "backup"]) {
                data, _ in
                let size = try Files.bytes("\(data)/log/data.mdb").count
                try require(truncate("\(data)/log/data.mdb", min(size / 2, 64 << 10)) == 0, "truncate: errno \(errno)")
            },
            Damage(testDescription: "its log's file is empty", words: ["no bytes", "log/data.mdb", "backup"]) {
                data, _ in
                try require(truncate("\(data)/log/data.mdb", 0) == 0, "truncate: errno \(errno)")
            },
            Damage(testDescription: "its log's file is missing", words: ["log", "backup"]) { data, _ in
                try Files.remove("\(data)/log/data.mdb")
            },
            Damage(testDescription: "its log is missing", words: ["LEDGER", "log/ is not", "backup"]) { data, _ in
                try Files.remove("\(data)/log")
            },
            Damage(testDescription: "its marker is missing", words: ["LEDGER is not", "backup"]) { data, _ in
                try Files.remove("\(data)/LEDGER")
            },
            Damage(testDescription: "its format is newer", words: ["LEDGER", "format 2", "newer program"]) { data, _ in
                let text = Files.text("\(data)/LEDGER")
                try Files.write(text.replacing("format: 1", with: "format: 2"), to: "\(data)/LEDGER")
            },
            Damage(testDescription: "its log is an older one", words: ["ends at", "noted", "newest"]) { data, older in
                try Files.remove("\(data)/log")
                try Files.copy(older, to: "\(data)/log")
            },
            Damage(testDescription: "its files are another program's", words: ["neither"]) { data, _ in
                try Files.remove("\(data)/log")
                try Files.remove("\(data)/LEDGER")
                try Files.write("dear diary", to: "\(data)/notes.txt")
            },
        ]

        @Test("A directory is refused with what to do, and left as it is", .timeLimit(.minutes(1)), arguments: damages)
        func refused(damage: Damage) async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let data = "\(folder.path)/data"
                let older = "\(folder.path)/older"
                for (count, seed) in [(500, UInt64(81)), (2_000, 82)] {
                    let daemon = try DaemonProcess(folder.path)
                    _ = try daemon.client().post(Programme.events(count, seed: seed))
                    try daemon.stop()
                    if !Files.exists(older) { try Files.copy("\(data)/log", to: older) }
                }
                try Files.copy(data, to: "\(folder.path)/sound")
                try damage.cause(data, older)
                let before = try Self.contents(data)
                let daemon = try DaemonProcess(starting: folder.path)
                try LifecycleTests.expectEnd(of: daemon, status: 74, saying: damage.words + [data])
                try require(try Self.contents(data) == before, "the refused directory was changed")
                // With the directory put back it starts.
                try Files.remove(data)
                try Files.copy("\(folder.path)/sound", to: data)
                let next = try DaemonProcess(folder.path)
                try require(try next.client().head() == 2_500, "the restored ledger has another head")
                try next.stop()
            }
        }

        /// Each file of a ledger with its size and, where they are few, its bytes; not the locks.
        private static func contents(_ data: String) throws -> [String: [UInt8]] {
            var contents: [String: [UInt8]] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: data)
            where !name.hasSuffix("lock")
                && !name.hasSuffix("lock.mdb")
            {
                var isFolder = ObjCBool(false)
                _ = FileManager.default.fileExists(atPath: "\(data)/\(name)", isDirectory: &isFolder)
                contents[name] = isFolder.boolValue ? [] : try Files.bytes("\(data)/\(name)")
            }
            return contents
        }

        @Test("Deleting views and index costs only the time to rebuild them", .timeLimit(.minutes(2)))
        func rebuilt() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let events = try Programme.events(20_000, seed: 83, influencers: 300)
                for part in try Self.batches(events) { _ = try daemon.client().post(part) }
                let before = try Self.answers(daemon.client())
                try daemon.stop()
                for name in ["views", "index"] { try Files.remove("\(daemon.dataPath)/\(name)") }
                let next = try DaemonProcess(folder.path)
                let after = try Self.answers(next.client())
                try require(before == after, "the answers differ after the rebuild")
                for part in try Self.batches(events).prefix(3) {
                    let (status, answer) = try next.client().post(part)
                    try require(status == 200 && answer.recorded == 0, "an identity was forgotten: \(status)")
                }
                try next.stop()
            }
        }

        static func batches(_ events: [UInt8]) throws -> [[UInt8]] {
            let lines = events.split(separator: 10)
            return stride(from: 0, to: lines.count, by: 1_000).map { first in
                Array(lines[first..<min(first + 1_000, lines.count)].joined(separator: [10]))
            }
        }

        /// Everything that is asked of a ledger, as bytes.
        static func answers(_ client: HTTPClient) throws -> [[UInt8]] {
            let head = try client.head()
            let query = "at=2024-12-01T00:00:00Z&minPosition=\(head)"
            return try [
                "/v1/influencers?limit=1000&\(query)", "/v1/campaigns?limit=1000&\(query)",
                "/v1/trial-balance?\(query)",
            ]
            .map { target in
                let reply = try client.get(target)
                try require(reply.status == 200, "\(target) answers \(reply.status): \(reply.text.prefix(300))")
                return reply.body
            }
        }
    }
}
