import Foundation
import Glibc
import Testing

extension SystemSuite {
    /// A disk without room, for everything that writes a file.
    @Suite("At night, on a full disk")
    struct NightDiskTests {
        private static let canMount: Bool = {
            guard getuid() == 0, let disk = try? SmallDisk(bytes: 1 << 20) else { return false }
            disk.remove()
            return true
        }()

        private static let writing = [
            "simulate --events 20000 --quiet --out", "export --format journal --socket {socket} --out",
            "export --format beancount --socket {socket} --out", "export --format csv --socket {socket} --out",
            "export --format ndjson --socket {socket} --out", "export --format sqlite --socket {socket} --out",
            "report {influencer} --socket {socket} --out",
        ]

        private static let showing = [
            "status", "influencers", "events --limit 1000", "policies", "export --format ndjson",
            "top --once --interval 1",
        ]

        @Test(
            "What has no room for its file says so and leaves none",
            .enabled(if: canMount, "no tmpfs can be mounted here: it takes root"), .timeLimit(.minutes(2)))
        func full() async throws {
            let faults = try await onThread {
                let place = try NightPlace()
                let disk = try SmallDisk(bytes: 1 << 20)
                defer { disk.remove() }
                try disk.fill()
                var faults: [String] = []
                for command in Self.writing {
                    let words = "campaignctl \(command) \(disk.path)/x".split(separator: " ").map(String.init)
                    faults += Self.check(try NightRun(words, in: place), command, disk)
                }
                for command in Self.showing {
                    let words = "campaignctl \(command) --socket {socket}".split(separator: " ").map(String.init)
                    let run = try NightRun(words, in: place, outputPath: "\(disk.path)/out")
                    try? Files.remove("\(disk.path)/out")
                    faults += Self.check(run, command, disk)
                }
                try place.daemon.stop()
                return faults
            }
            #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        }

        private static func check(_ run: NightRun, _ command: String, _ disk: SmallDisk) -> [String] {
            var faults: [String] = []
            if run.status != 1 { faults.append("\(command): ends with \(run.status), saying \(run.errors)") }
            // SQLite has words of its own for it.
            if !run.errors.contains("No space left on device"), !run.errors.contains("disk is full") {
                faults.append("\(command): says \(run.errors)")
            }
            let left = (try? FileManager.default.contentsOfDirectory(atPath: disk.path)) ?? []
            if left != ["filler"] { faults.append("\(command): leaves \(left)") }
            for name in left where name != "filler" { try? Files.remove("\(disk.path)/\(name)") }
            return faults
        }
    }
}
