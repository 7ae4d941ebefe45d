import EventLog
import Foundation
import Glibc
import LedgerAPI
import LedgerStore
import Testing

extension SystemSuite {
    /// `replay verify` of a daemon and `verify` of what no daemon serves.
    @Suite("Verification of what is served and of what is not")
    struct VerifyTests {
        @Test(
            "A flipped bit in a row is found and named without the daemon, and a rebuild mends it",
            .timeLimit(.minutes(2)))
        func flippedRow() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try Self.ledger(folder)
                let sound = try Ctl.run(["replay", "verify", "--quiet", "--socket", daemon.socketPath])
                try require(sound.status == 0, "\(sound.status): \(sound.text) \(sound.errors)")
                try daemon.stop()
                try require(try Self.verify(daemon.dataPath).status == 0, "a sound ledger is not")
                let name = try Self.flipRow(daemon.dataPath)
                let damaged = try Self.verify(daemon.dataPath)
                try require(
                    damaged.status == 2 && damaged.text.contains("views damaged: the row of \(name)"),
                    "\(damaged.status): \(damaged.text) \(damaged.errors)")
                let again = try DaemonProcess(folder.path)
                let served = try Ctl.run(["replay", "verify", "--quiet", "--socket", again.socketPath])
                try require(served.status == 2 && served.text.contains(name), "\(served.status): \(served.text)")
                let rebuilt = try Ctl.run(["replay", "rebuild", "--quiet", "--socket", again.socketPath])
                try require(rebuilt.status == 0, "\(rebuilt.status): \(rebuilt.text) \(rebuilt.errors)")
                let mended = try Ctl.run(["replay", "verify", "--quiet", "--socket", again.socketPath])
                try require(mended.status == 0, "\(mended.status): \(mended.text) \(mended.errors)")
                try again.stop()
                try require(try Self.verify(daemon.dataPath).status == 0, "what was mended is not sound")
            }
        }

        @Test("A backup is verified; a directory in use and an absent one are refused", .timeLimit(.minutes(1)))
        func places() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try Self.ledger(folder)
                let backup = "\(folder.path)/backup"
                let made = try Ctl.json(["backup", backup, "--socket", daemon.socketPath, "--json"])
                let verified = try Self.verify(backup)
                try require(
                    verified.status == 0 && verified.text.contains(made["recordsSha256"]?.string ?? "none"),
                    "\(verified.status): \(verified.text) \(verified.errors)")
                let busy = try Self.verify(daemon.dataPath)
                try require(
                    busy.status == 1 && busy.errors.contains("campaignctl replay verify") && busy.output.isEmpty,
                    "\(busy.status): \(busy.text) \(busy.errors)")
                let absent = try Self.verify("\(folder.path)/absent")
                try require(
                    absent.status == 1 && absent.errors.contains("\(folder.path)/absent"),
                    "\(absent.status): \(absent.text) \(absent.errors)")
                try daemon.stop()
                try Self.leavesNothing(folder)
            }
        }

        @Test("Pages that are zeros are found in each file, whatever LMDB makes of them", .timeLimit(.minutes(3)))
        func zeroedPages() async throws {
            note(
                "zeroed pages: "
                    + (try await onThread {
                        let folder = try TemporaryFolder()
                        let daemon = try Self.ledger(folder)
                        try daemon.stop()
                        return try ["log", "views", "index"].map { try Self.zeroPages(of: $0, daemon.dataPath, folder) }
                            .joined(separator: ", ")
                    }))
        }

        // MARK: Damage

        private static let events = 4_000
        private static let pageBytes = 4096

        private static func ledger(_ folder: TemporaryFolder) throws -> DaemonProcess {
            let daemon = try DaemonProcess(folder.path)
            for part in try DataDirectoryTests.batches(Programme.events(events, seed: 61)) {
                _ = try daemon.client().post(part)
            }
            return daemon
        }

        private static func verify(_ directory: String) throws -> Subprocess.Outcome {
            try Ctl.run(["verify", directory, "--quiet"])
        }

        /// Flips a bit in the middle of a row of an influencer. - Returns: the row's name.
        private static func flipRow(_ data: String) throws -> String {
            let file = "\(data)/views/data.mdb"
            let mark = try LedgerMarker.read(directory: data).map(\.foldMark) ?? 0
            let version = try FoldLook.read("\(data)/views")?.version ?? 0
            let views = try LMDBViewStorage(alone: "\(data)/views", viewsVersion: version, ledger: mark)
            var row: (key: [UInt8], value: [UInt8]) = ([], [])
            try withUnsafeBytes(of: UInt8(ascii: "i")) { (first) throws(StoreError) in
                try views.snapshot().scanRows(from: first) {
                    row = (Array($0.key), Array($0.value))
                    return .stop
                }
            }
            views.close()
            var bytes = Data(try Files.bytes(file))
            var (rest, places) = (bytes.startIndex..<bytes.endIndex, 0)
            while let found = bytes.range(of: Data(row.value), in: rest) {
                bytes[found.lowerBound + row.value.count / 2] ^= 1
                rest = found.upperBound..<bytes.endIndex
                places += 1
            }
            try require(places > 0, "the row is not in \(file) in one piece")
            try bytes.write(to: URL(fileURLWithPath: file))
            return "influencer/\(String(decoding: row.key.dropFirst(), as: UTF8.self))"
        }

        /// Zeroes some pages of a file, each in a copy of its own. - Returns: what came of it.
        private static func zeroPages(
            of name: String, _ data: String, _ folder: TemporaryFolder
        ) throws -> String {
            let pages = try Files.bytes("\(data)/\(name)/data.mdb").count / pageBytes
            var (killed, found, free) = (0, 0, 0)
            for page in stride(from: 2, to: pages, by: max(1, pages / 16)) {
                let copy = "\(folder.path)/copy"
                try Files.copy(data, to: copy)
                defer { try? Files.remove(copy) }
                let file = open("\(copy)/\(name)/data.mdb", O_WRONLY)
                let zeros = [UInt8](repeating: 0, count: pageBytes)
                try require(
                    pwrite(file, zeros, pageBytes, page * pageBytes) == pageBytes, "page \(page): errno \(errno)")
                close(file)
                let outcome = try verify(copy)
                let said = "page \(page) of \(name): \(outcome.status) \(outcome.text) \(outcome.errors)"
                try require([0, 2].contains(outcome.status), said)
                if outcome.text.contains("ended with SIG") {
                    try require(outcome.text.contains("\(name) damaged: reading") && outcome.status == 2, said)
                    killed += 1
                } else if outcome.status == 0 {
                    free += 1
                } else {
                    try require(outcome.text.contains("\(name) "), said)
                    found += 1
                }
                try require(!Files.exists("\(copy).verify"), "\(said)\n\(copy).verify is left")
            }
            try require(killed + found > 0, "no page of \(name) is in use")
            return "\(name): \(killed) end the reader, \(found) are named, \(free) hold nothing"
        }

        private static func leavesNothing(_ folder: TemporaryFolder) throws {
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
                $0.hasSuffix(".verify") || $0 == "absent"
            }
            try require(left.isEmpty, "\(left) are left")
        }
    }
}
