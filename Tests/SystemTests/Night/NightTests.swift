import Foundation
import Glibc
import Testing

extension SystemSuite {
    /// Every command as an operator tries it at night. Whatever goes wrong: it ends as documented, says what, where and
    /// what to do, leaves no half file, and the ledger is sound.
    @Suite("At night", .serialized)
    struct NightTests {
        @Test("What goes wrong is said, and nothing is left behind", .timeLimit(.minutes(4)))
        func cases() async throws {
            let faults = try await onThread {
                let place = try NightPlace()
                let before = try place.daemon.client().head()
                var faults = try Self.run(NightCase.paths, in: place)
                faults += try Self.run(NightCase.offline, in: place)
                faults += try Self.run(Self.socketCases, in: place)
                if NightRun.canRunAsNobody {
                    faults += try Self.run(NightCase.forbidden, in: place)
                } else {
                    note("not tried as another user: that takes root, setpriv, and programs that others may run")
                }
                faults += try Self.interrupted(in: place)
                faults += try Self.hungUp(in: place)
                faults += try Self.interruptedOffline(in: place)
                faults += try Self.doctor(place)
                let left = try place.leftovers()
                if !left.isEmpty { faults.append("left behind: \(left)") }
                let after = try place.daemon.client().head()
                if after < before { faults.append("the head went from \(before) to \(after)") }
                return faults + (try Self.unsound(place))
            }
            #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        }

        @Test("Every subcommand is tried", .timeLimit(.minutes(1)))
        func everySubcommandIsTried() throws {
            let help = try Subprocess.run(Places.program("campaignctl"), ["--help"], timeoutSeconds: 20).text
            let known = Set(NightCase.asking.map { String($0.split(separator: " ")[0]) }).union(NightCase.others)
            let list = try #require(help.components(separatedBy: "\nSUBCOMMANDS:\n").last)
            let names = list.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
                .map { String($0.split(separator: " ")[0]) }.filter { $0 != "See" }
            #expect(names.count >= 18)
            for name in names where !known.contains(name) {
                Issue.record("\(name): say in NightCase what goes wrong with it at night")
            }
        }

        // MARK: Cases

        /// Each command that asks, at each socket that leads nowhere.
        private static let socketCases = NightCase.asking.filter { $0 != NightCase.patient }.flatMap { command in
            NightCase.sockets.map { NightCase("campaignctl \(command) --socket \($0)", 69, $0) }
        }

        private static func run(_ cases: [NightCase], in place: NightPlace) throws -> [String] {
            // One lane for the directory that some of them lock, the other for the rest.
            try inParallel(2) { lane in
                try cases.indices.filter { cases[$0].words.contains("{cold}") == (lane == 0) }.flatMap { index in
                    let one = cases[index]
                    let run = try NightRun(one.words, in: place, asNobody: one.asNobody)
                    return check(run, one, place).map { "\(one): \($0)" }
                }
            }.flatMap { $0 }
        }

        private static func check(_ run: NightRun, _ one: NightCase, _ place: NightPlace) -> [String] {
            var faults = plainFaults(run)
            if run.status != one.status {
                faults.append("ends with \(run.status) instead of \(one.status), saying \(run.errors)")
            }
            for text in one.says.map(place.resolved) where !run.errors.contains(text) {
                faults.append("does not say \(text) but: \(run.errors)")
            }
            return faults
        }

        /// What no command may do, however it fails.
        private static func plainFaults(_ run: NightRun) -> [String] {
            var faults: [String] = []
            if run.errors.isEmpty { faults.append("says nothing") }
            for bad in ["Fatal error", "Crash", "stack trace", "NIOCore", "Error(", "errno:", "0x0000"]
            where run.errors.contains(bad) {
                faults.append("says \(bad): \(run.errors)")
            }
            if run.status > 128 { faults.append("is ended by signal \(run.status - 128)") }
            if !run.output.isEmpty { faults.append("writes to standard output: \(run.output.prefix(200))") }
            return faults
        }

        // MARK: Ctrl-C

        /// Ctrl-C while the daemon hangs: every command that asks ends at once.
        private static func interrupted(in place: NightPlace) throws -> [String] {
            place.daemon.process.signal(SIGSTOP)
            defer { place.daemon.process.signal(SIGCONT) }
            let own = try TemporaryFolder()
            let processes = try NightCase.asking.enumerated().map { number, command in
                let words = "campaignctl \(command) --socket {socket}".replacingOccurrences(
                    of: "{out}", with: "{out}-\(number)")
                return try NightRun.start(
                    words.split(separator: " ").map(String.init), in: place, outputPath: "\(own.path)/out-\(number)",
                    errorsPath: "\(own.path)/err-\(number)")
            }
            Thread.sleep(forTimeInterval: 1.5)
            var faults: [String] = []
            for (command, process) in zip(NightCase.asking, processes) {
                if let status = process.status { faults.append("\(command): did not wait but ended with \(status)") }
                process.signal(SIGINT)
            }
            for (command, process) in zip(NightCase.asking, processes) {
                let status = try process.waitForEnd(seconds: 10)
                if status != 130 { faults.append("\(command): Ctrl-C ends it with \(status)") }
            }
            return faults
        }

        /// Ctrl-C in the middle of long work.
        private static func hungUp(in place: NightPlace) throws -> [String] {
            var faults: [String] = []
            let own = try TemporaryFolder()
            // A simulation that would take an hour.
            let simulated = try start("campaignctl simulate --events 2000000000 --quiet --out {out}", "a", own, place)
            try Wait.until("the simulation writes", seconds: 20) { try !place.leftovers().isEmpty }
            faults += try end(simulated, "simulate")
            // A tail that has shown what there is.
            let tail = try start("campaignctl tail --follow --socket {socket}", "b", own, place)
            try Wait.until("tail shows events", seconds: 20) { !Files.text("\(own.path)/b.out").isEmpty }
            faults += try end(tail, "tail --follow")
            // A post whose input does not end.
            let pipe = "\(own.path)/pipe"
            mkfifo(pipe, 0o600)
            let keeper = open(pipe, O_RDWR | O_CLOEXEC)
            defer { close(keeper) }
            let post = try start("campaignctl post - --batch 100 --socket {socket}", "c", own, place, input: pipe)
            let head = try place.daemon.client().head()
            let lines = try Files.bytes(place.unposted).split(separator: 10).prefix(150)
            try feed(lines.map { Array($0) + [10] }, to: keeper)
            try Wait.until("a batch is recorded", seconds: 20) { try place.daemon.client().head() > head }
            faults += try end(post, "post -")
            if !Files.text("\(own.path)/c.err").contains("100") {
                faults.append("post - does not say how far it came: \(Files.text("\(own.path)/c.err"))")
            }
            let watched = try start("campaignctl top --interval 1 --socket {socket}", "d", own, place)
            try Wait.until("top shows a line", seconds: 20) { Files.text("\(own.path)/d.out").contains("events/s") }
            faults += try end(watched, "top")
            return faults
        }

        private static func feed(_ lines: [[UInt8]], to descriptor: Int32) throws {
            for line in lines {
                let written = write(descriptor, line, line.count)
                try require(written == line.count, "the pipe takes \(written) of \(line.count) bytes")
            }
        }

        private static func start(
            _ words: String, _ name: String, _ own: TemporaryFolder, _ place: NightPlace, input: String? = nil
        ) throws -> ChildProcess {
            try NightRun.start(
                words.split(separator: " ").map(String.init), in: place, input: input,
                outputPath: "\(own.path)/\(name).out", errorsPath: "\(own.path)/\(name).err")
        }

        private static func end(_ process: ChildProcess, _ what: String) throws -> [String] {
            process.signal(SIGINT)
            let status = try process.waitForEnd(seconds: 10)
            return status == 130 ? [] : ["\(what): Ctrl-C ends it with \(status)"]
        }

        /// Ctrl-C at some moment of what works on files: either it is done, or what is there is sound, or nothing is.
        private static func interruptedOffline(in place: NightPlace) throws -> [String] {
            var faults: [String] = []
            let own = try TemporaryFolder()
            for (number, milliseconds) in [5, 20, 40, 80].enumerated() {
                for command in [
                    "backup {made} --data {cold}", "restore {backup} {made}", "import {export} --data {made}",
                    "verify {backup} --work {open}",
                ] {
                    let made = "\(own.path)/made"
                    defer { try? Files.remove(made) }
                    let words = "campaignctl \(command)".replacingOccurrences(of: "{made}", with: made)
                    let process = try start(words, "\(number)-\(words.prefix(16).suffix(4))", own, place)
                    Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
                    process.signal(SIGINT)
                    let status = try process.waitForEnd(seconds: 20)
                    if status != 130, status != 0 { faults.append("\(command): Ctrl-C ends it with \(status)") }
                    faults += try remains(made, of: command, place)
                }
            }
            return faults
        }

        /// What is wrong with what an interrupted command left: a backup is restored, a ledger is digested.
        private static func remains(_ made: String, of command: String, _ place: NightPlace) throws -> [String] {
            guard Files.exists("\(made)/LEDGER") else { return [] }
            let words =
                command.hasPrefix("backup")
                ? ["campaignctl", "restore", made, "\(made)-again"] : ["campaignd", "digest", "--data", made]
            defer { try? Files.remove("\(made)-again") }
            let run = try NightRun(words, in: place)
            return run.status == 0 ? [] : ["\(command): leaves what \(words) refuses with \(run.errors)"]
        }

        // MARK: The end

        private static func doctor(_ place: NightPlace) throws -> [String] {
            func verdicts(_ words: String) throws -> (Int32, String) {
                let run = try NightRun(words.split(separator: " ").map(String.init), in: place)
                return (run.status, run.output + run.errors)
            }
            var faults: [String] = []
            let served = try verdicts("campaignctl doctor --socket {socket} --data {data} --json")
            let process = "\(place.daemon.process.processID)"
            for text in ["\"check\":\"lock\"", "process \(process) (campaignd) has the data directory and answers"]
            where !served.1.contains(text) {
                faults.append("doctor of a daemon does not say \(text): \(served.1)")
            }
            let mixed = try verdicts("campaignctl doctor --socket {socket} --data {cold}")
            if mixed.0 != 2 || !mixed.1.contains("It serves another ledger") {
                faults.append("doctor of two ledgers ends with \(mixed.0): \(mixed.1)")
            }
            let down = try verdicts("campaignctl doctor --socket {dead} --data {cold}")
            if down.0 != 2 || !down.1.contains("position \(NightPlace.events)") {
                faults.append("doctor without a daemon ends with \(down.0): \(down.1)")
            }
            let nothing = try verdicts("campaignctl doctor --socket {none} --data {none}")
            if nothing.0 != 2 || !nothing.1.contains("there is nothing at") {
                faults.append("doctor of nothing ends with \(nothing.0): \(nothing.1)")
            }
            return faults
        }

        /// Both ledgers give what a rebuild gives.
        private static func unsound(_ place: NightPlace) throws -> [String] {
            try place.daemon.stop()
            return try [place.daemon.dataPath, place.cold, place.imported].compactMap { data in
                let bare = "\(place.folder.path)/bare"
                try Files.copy(data, to: bare)
                defer { try? Files.remove(bare) }
                for name in ["views", "index"] { try Files.remove("\(bare)/\(name)") }
                let (left, rebuilt) = (try Digest(of: data), try Digest(of: bare))
                return left == rebuilt ? nil : "\(data): the read models are \(left), a rebuild gives \(rebuilt)"
            }
        }
    }
}
