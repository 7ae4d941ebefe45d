import Foundation
import Glibc
import LedgerAPI
import Testing

extension SystemSuite {
    /// What an operator does at night: wrong paths, no permission, a full disk, Ctrl-C.
    @Suite("Backup, restore and import that fail")
    struct OperatorTests {
        private static let isRoot = geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0
        private static let canMount: Bool = {
            guard getuid() == 0, let disk = try? SmallDisk(bytes: 1 << 20) else { return false }
            disk.remove()
            return true
        }()

        /// A stopped ledger of some megabytes, and its backup.
        private struct Scene {
            let folder: TemporaryFolder
            var path: String { folder.path }
            var data: String { "\(path)/data" }
            var backup: String { "\(path)/backup" }
            var export: String { "\(path)/export.ndjson" }
            let sha256: String

            init(events: Int) throws {
                folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                for part in try DataDirectoryTests.batches(Programme.events(events, seed: 51)) {
                    _ = try daemon.client().post(part)
                }
                let made = try Ctl.json(["backup", "\(folder.path)/backup", "--socket", daemon.socketPath, "--json"])
                let outcome = try Ctl.run([
                    "export", "--format", "ndjson", "--complete", "--out", "\(folder.path)/export.ndjson", "--quiet",
                    "--socket", daemon.socketPath,
                ])
                try require(outcome.status == 0, outcome.errors)
                try daemon.stop()
                sha256 = made["recordsSha256"]?.string ?? ""
            }
        }

        @Test("A ledger that was exported and imported is the same, and serves the same", .timeLimit(.minutes(1)))
        func moved() async throws {
            try await onThread {
                let scene = try Scene(events: 5_000)
                let other = try TemporaryFolder()
                let answer = try Ctl.json(["import", scene.export, "--data", "\(other.path)/data", "--json"])
                try require(answer["recordsSha256"]?.string == scene.sha256, "\(answer), not \(scene.sha256)")
                let (first, second) = (try DaemonProcess(scene.path), try DaemonProcess(other.path))
                let events = "/v1/events?poster=true"
                try require(
                    try first.client().get(events).body == second.client().get(events).body, "the events differ")
                try require(
                    try DataDirectoryTests.answers(first.client()) == DataDirectoryTests.answers(second.client()),
                    "the answers differ")
                // A ledger that a daemon serves is not imported into.
                let busy = try Ctl.run(["import", scene.export, "--data", "\(other.path)/data", "--append"])
                try require(busy.status == 1 && busy.errors.contains("is in use by process"), busy.errors)
                try first.stop()
                try second.stop()
            }
        }

        @Test("Ctrl-C in backup and restore leaves nothing, in an increment a sound backup", .timeLimit(.minutes(1)))
        func interrupted() async throws {
            try await onThread {
                let scene = try Scene(events: 30_000)
                let cases: [(arguments: [String], sign: String, target: String)] = [
                    (["backup", "\(scene.path)/b2", "--data", scene.data], "UNFINISHED", "\(scene.path)/b2"),
                    (["restore", scene.backup, "\(scene.path)/r2"], "UNVERIFIED", "\(scene.path)/r2"),
                ]
                for item in cases {
                    let status = try Self.interrupt(item.arguments, at: "\(item.target)/\(item.sign)", scene.path)
                    // It may have been done before it noticed.
                    try require(status.status == 130 || status.status == 0, "\(item): \(status)")
                    if status.status == 130 {
                        try require(!Files.exists(item.target), "\(item.target) is still there: \(status.errors)")
                        try require(status.errors.contains("Nothing was kept in"), status.errors)
                    }
                }
                let restored = try Ctl.json(["restore", scene.backup, "\(scene.path)/r3", "--json"])
                try require(restored["recordsSha256"]?.string == scene.sha256, "\(restored)")
            }
        }

        @Test("Ctrl-C in an import keeps whole batches, and the same file goes on", .timeLimit(.minutes(1)))
        func interruptedImport() async throws {
            try await onThread {
                let scene = try Scene(events: 30_000)
                let pipe = "\(scene.path)/pipe"
                try require(mkfifo(pipe, 0o600) == 0, "mkfifo: errno \(errno)")
                let target = "\(scene.path)/imported"
                let process = try ChildProcess(
                    Places.program("campaignctl"), ["import", pipe, "--data", target],
                    environment: Subprocess.environment(), folder: scene.path, input: nil,
                    outputPath: "\(scene.path)/out", errorsPath: "\(scene.path)/err")
                let writing = open(pipe, O_WRONLY)
                defer { close(writing) }
                let file = try Files.bytes(scene.export)
                // Then nothing more comes: the command waits for it when Ctrl-C does.
                try require(write(writing, file, file.count * 3 / 4) == file.count * 3 / 4, "the pipe took less")
                process.signal(SIGINT)
                try require(try process.waitForEnd(seconds: 20) == 130, Files.text("\(scene.path)/err"))
                try require(
                    Files.text("\(scene.path)/err").contains("with --append to go on"), Files.text("\(scene.path)/err"))
                let answer = try Ctl.json(["import", scene.export, "--data", target, "--append", "--json"])
                try require(answer["recordsSha256"]?.string == scene.sha256, "\(answer)")
                try require(try Ctl.number(answer, "repeats") > 0, "nothing had been recorded: \(answer)")
            }
        }

        /// Sends Ctrl-C as soon as a file is there. The program stands still meanwhile, so that it is not too late.
        private static func interrupt(
            _ arguments: [String], at sign: String, _ folder: String
        ) throws -> (status: Int32, errors: String) {
            let errors = "\(folder)/errors-\(arguments[0])"
            let process = try ChildProcess(
                Places.program("campaignctl"), arguments, environment: Subprocess.environment(), folder: folder,
                input: nil, outputPath: "\(folder)/output", errorsPath: errors)
            while process.status == nil, !Files.exists(sign) {}
            process.signal(SIGSTOP)
            process.signal(SIGINT)
            process.signal(SIGCONT)
            return (try process.waitForEnd(seconds: 20), Files.text(errors))
        }

        @Test("Wrong paths and missing permissions are said with what to do", .timeLimit(.minutes(1)))
        func wrongPaths() async throws {
            try await onThread {
                let scene = try Scene(events: 1_000)
                let missing = "\(scene.path)/missing"
                try Self.expect(["backup", "\(scene.path)/x", "--data", missing], 1, missing)
                try Self.expect(["backup", "\(scene.path)/x", "--socket", missing], 69, "--data has to name")
                try Self.expect(["backup", "\(missing)/x", "--data", scene.data], 1, "\(missing)/x")
                try Self.expect(["backup", scene.backup, "--data", scene.data], 1, "--incremental")
                try Self.expect(["backup", missing, "--incremental", "--data", scene.data], 1, "no finished backup")
                try Self.expect(["backup", scene.export, "--data", scene.data], 1, scene.export)
                try Self.expect(["restore", missing, "\(scene.path)/x"], 1, "no finished backup")
                try Self.expect(["restore", scene.backup, scene.data], 1, "never restored over another")
                try Self.expect(["import", missing, "--data", "\(scene.path)/x"], 66, missing)
                try Self.expect(["import", scene.export, "--data", scene.data], 1, "--append")
                try Self.expect(["import", scene.export, "--data", scene.backup], 1, "it is a backup")
                try require(!Files.exists("\(scene.path)/x") && !Files.exists(missing), "something was left")
                guard Self.isRoot else { return note("no other user to be without permission as: it takes root") }
                chmod(scene.path, 0o755)
                chmod(scene.data, 0o755)
                let asNobody = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
                let outcome = try Subprocess.run(
                    asNobody[0],
                    asNobody.dropFirst() + [
                        Places.program("campaignctl"), "backup", "\(scene.path)/x", "--data", scene.data,
                    ],
                    environment: Subprocess.environment(), timeoutSeconds: 30)
                try require(outcome.status == 1 && outcome.errors.contains("sudo -u"), outcome.errors)
            }
        }

        private static func expect(_ arguments: [String], _ status: Int32, _ words: String) throws {
            let outcome = try Ctl.run(arguments)
            try require(
                outcome.status == status && outcome.errors.contains(words) && outcome.output.isEmpty,
                "campaignctl \(arguments.joined(separator: " ")): \(outcome.status) \(outcome.errors)")
        }

        @Test(
            "A full disk leaves nothing of a backup and a restore, and a sound increment and import",
            .enabled(if: canMount, "no tmpfs can be mounted here: it takes root"), .timeLimit(.minutes(1)))
        func fullDisk() async throws {
            try await onThread {
                let scene = try Scene(events: 20_000)
                let disk = try SmallDisk(bytes: 2 << 20)
                defer { disk.remove() }
                try Self.expect(["backup", "\(disk.path)/b", "--data", scene.data], 1, "bytes free")
                try Self.expect(["restore", scene.backup, "\(disk.path)/r"], 1, "bytes free")
                try require(!Files.exists("\(disk.path)/b") && !Files.exists("\(disk.path)/r"), "something was left")
                try Self.expect(["import", scene.export, "--data", "\(disk.path)/i"], 1, "Free space")
                let room = try SmallDisk(bytes: 24 << 20)
                defer { room.remove() }
                // The backup of the first events has room, the rest has not.
                let small = try TemporaryFolder()
                let daemon = try DaemonProcess(small.path)
                _ = try daemon.client().post(Programme.events(500, seed: 51))
                _ = try Ctl.json(["backup", "\(room.path)/b", "--socket", daemon.socketPath, "--json"])
                for part in try DataDirectoryTests.batches(Programme.events(20_000, seed: 52)) {
                    _ = try daemon.client().post(part)
                }
                try room.fill()
                let increment = ["backup", "\(room.path)/b", "--incremental", "--socket", daemon.socketPath]
                try Self.expect(increment, 1, "is whole: it holds the events up to")
                try room.empty()
                let answer = try Ctl.json(increment + ["--json"])
                try require(try Ctl.number(answer, "head") == 20_500, "\(answer)")
                try daemon.stop()
            }
        }
    }
}
