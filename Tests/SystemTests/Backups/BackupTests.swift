import EventLog
import Foundation
import Glibc
import LedgerAPI
import LedgerEngine
import LedgerStore
import Testing

extension SystemSuite {
    @Suite("Backups")
    struct BackupTests {
        /// Moments at which a backup is taken.
        private static let moments = 20
        private static let clients = 2

        @Test(
            "Backups taken under load at twenty random moments restore to the ledger as it was then",
            .timeLimit(.minutes(3)))
        func underLoad() async throws {
            let seed = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SEED"].flatMap { UInt64($0) } ?? 20_265
            note("backups: seed \(seed) (CAMPAIGN_LEDGER_SEED sets another)")
            note("backups: \(try await onThread { try Self.run(seed: seed) })")
        }

        private static func run(seed: UInt64) throws -> String {
            let folder = try TemporaryFolder()
            let daemon = try DaemonProcess(folder.path)
            let client = daemon.client()
            let isOver = Guarded(false)
            let loads = Guarded<Result<[ClientLoad], any Error>?>(nil)
            Thread.detachNewThread {
                let result = Result {
                    try inParallel(clients) { number in
                        var load = try ClientLoad(seed: seed + UInt64(number))
                        load.run(daemon.client(timeoutSeconds: 20), while: { isOver.with { !$0 } })
                        return load
                    }
                }
                loads.with { $0 = result }
            }
            let made = try takeBackups(folder.path, daemon, client, Random(seed: seed))
            isOver.with { $0 = true }
            try Wait.until("the clients' end", seconds: 30) { loads.with { $0 != nil } }
            for load in try loads.with({ $0 })?.get() ?? [] {
                if let fault = load.fault { throw SystemFailure("a client beside a backup: \(fault)") }
            }
            try daemon.stop()
            let digests = try digests(of: daemon.dataPath, at: Set(made.flatMap(\.heads)))
            for backup in made { try check(backup, folder.path, digests) }
            let heads = made.flatMap(\.heads)
            try require(Set(heads).count > moments / 2, "the backups do not follow the ledger: \(heads)")
            return "\(heads.count) moments from position \(heads.min() ?? 0) to \(heads.max() ?? 0)"
        }

        /// A backup's directory, and the heads it had one after another.
        private struct Made {
            let path: String
            var heads: [UInt64]
        }

        /// Half of the moments are of backups of their own, the others of increments of one.
        private static func takeBackups(
            _ folder: String, _ daemon: DaemonProcess, _ client: HTTPClient, _ random: Random
        ) throws -> [Made] {
            var random = random
            var chain = Made(path: "\(folder)/chain", heads: [])
            var made: [Made] = []
            for moment in 0..<moments {
                Thread.sleep(forTimeInterval: Double(random.within(0...120)) / 1_000)
                let before = try client.head()
                let isIncrement = moment % 2 == 0
                let path = isIncrement ? chain.path : "\(folder)/backup-\(moment)"
                let options = isIncrement && !chain.heads.isEmpty ? ["--incremental"] : []
                // The socket tells the data directory to half of them.
                let place = moment % 4 < 2 ? ["--socket", daemon.socketPath] : ["--data", daemon.dataPath]
                let answer = try Ctl.json(["backup", path, "--json"] + options + place)
                let head = try Ctl.number(answer, "head")
                let after = try client.head()
                try require(before <= head && head <= after, "head \(head) is not between \(before) and \(after)")
                if isIncrement { chain.heads.append(head) } else { made.append(Made(path: path, heads: [head])) }
            }
            return made + [chain]
        }

        /// Restores a backup; its digests have to be the ledger's own at those positions.
        private static func check(_ made: Made, _ folder: String, _ digests: [UInt64: String]) throws {
            let target = "\(folder)/restored"
            let answer = try Ctl.json(["restore", made.path, target, "--json"])
            let last = made.heads.last ?? 0
            try require(try Ctl.number(answer, "head") == last, "\(made.path) restores to \(answer)")
            try require(
                answer["recordsSha256"]?.string == digests[last], "\(made.path): \(answer), not \(digests[last] ?? "")")
            let manifest = try WireCoding.decode(
                JSONValue.self, from: Data(try Files.bytes("\(made.path)/MANIFEST")))
            for (part, head) in zip(manifest["parts"]?.items ?? [], made.heads) {
                try require(part["recordsSha256"]?.string == digests[head], "a part of \(made.path) says \(part)")
            }
            let restored = try Self.digests(of: target, at: [last])
            try require(restored == [last: digests[last] ?? ""], "the restored records have digest \(restored)")
            try Files.remove(target)
        }

        /// The digests of a ledger's records up to each of some positions.
        static func digests(of data: String, at positions: Set<UInt64>) throws -> [UInt64: String] {
            let source = try LedgerSource.open(path: data)
            defer { source.close() }
            var digest = RecordsDigest()
            var digests: [UInt64: String] = [:]
            while digest.count < positions.max() ?? 0 {
                try source.log.read(from: Position(digest.count + 1), limit: 256) { position, record in
                    digest.add(record)
                    if positions.contains(position.rawValue) { digests[position.rawValue] = digest.sha256 }
                    return .proceed
                }
            }
            return digests
        }

        @Test(
            "A log from a second ago is noticed after a kill, and so is another ledger's", .timeLimit(.minutes(1)))
        func swapped() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let log = "\(daemon.dataPath)/log/data.mdb"
                _ = try daemon.client().post(Programme.events(500, seed: 41))
                try Self.waitForNote(daemon, head: 500)
                // Quiet: nothing is recorded, so the file is as it is.
                try Files.copy(log, to: "\(folder.path)/older.mdb")
                _ = try daemon.client().post(Programme.events(1, seed: 42))
                try Self.waitForNote(daemon, head: 501)
                try daemon.kill()
                try Files.remove(log)
                try Files.copy("\(folder.path)/older.mdb", to: log)
                try Self.expectRefusal(folder.path, ["ends at 500", "head 501 was noted"])
                let other = try TemporaryFolder()
                let second = try DaemonProcess(other.path)
                _ = try second.client().post(Programme.events(1_000, seed: 43))
                try second.stop()
                try Files.remove(log)
                try Files.copy("\(second.dataPath)/log/data.mdb", to: log)
                try Self.expectRefusal(folder.path, ["the record at 501 has checksum", "another ledger's log"])
            }
        }

        private static func expectRefusal(_ folder: String, _ words: [String]) throws {
            let refused = try DaemonProcess(starting: folder)
            try LifecycleTests.expectEnd(of: refused, status: 74, saying: words)
        }

        /// The head has to be noted within a second of its record.
        private static func waitForNote(_ daemon: DaemonProcess, head: UInt64) throws {
            try Wait.until("head \(head) in LEDGER", seconds: 1) {
                Files.text("\(daemon.dataPath)/LEDGER").contains("\nhead: \(head)\n")
            }
        }
    }
}
