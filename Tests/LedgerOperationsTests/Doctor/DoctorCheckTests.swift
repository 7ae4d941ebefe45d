import CampaignDomain
import EventLog
import Testing

@testable import LedgerOperations

/// Each check on a sound installation, and on one with each thing wrong.
@Suite struct DoctorCheckTests {
    private static let now = Instant(microseconds: 1_764_000_000_000_000)
    private static let owner: UInt32 = 990

    private static func file(_ path: String, _ kind: FileGlance.Kind = .file, _ mode: UInt32 = 0o640) -> FileGlance {
        FileGlance(path: path, kind: kind, mode: mode, userID: owner, groupID: owner)
    }

    /// With nothing wrong, and a daemon that serves.
    static func sound() -> Installation {
        var found = Installation(
            userID: 0, dataPath: "/srv/data", socketPath: "/run/l/s",
            clock: ClockGlance(now: now, stepMicroseconds: 3, isSynchronized: true))
        found.data = .seen(file("/srv/data", .directory, 0o750))
        found.files = [file("/srv/data/LEDGER"), file("/srv/data/log/data.mdb")]
        found.socket = .seen(file("/run/l/s", .socket, 0o660))
        found.socketDirectory = .seen(file("/run/l", .directory, 0o750))
        found.disk = .seen(DiskGlance(freeBytes: 50 << 30, totalBytes: 100 << 30, freeFiles: 1_000_000))
        found.limits = .seen(
            LimitsGlance(
                processID: 77, isDaemon: true, openFiles: 65_536, openFilesHard: 65_536, addressSpaceBytes: nil,
                fileSizeBytes: nil))
        found.lock = .seen(
            LockGlance(
                notedProcessID: 77, holder: ProcessGlance(processID: 77, name: "campaignd", userID: owner)))
        found.ledger = .seen(LedgerGlance(identity: "ab", head: Position(900), newestRecorded: now))
        found.lastBackup = .seen(BackupGlance(seconds: 1_763_990_000, position: 800, ageSecondsMax: 26 * 3_600))
        found.isUnverified = .seen(false)
        found.replays = .seen([ReplayGlance(id: "3", kind: "verify", state: "succeeded", attempt: 1, error: nil)])
        found.daemon = .seen(daemon())
        return found
    }

    private static func daemon() -> DaemonGlance {
        var daemon = DaemonGlance(
            version: "0.1", ledgerIdentity: "ab", head: 900, dataPath: "/srv/data", processID: 77, readOnlyReason: nil,
            notReady: [], troubles: [],
            readModels: [.init(name: "views", position: 900, lagEvents: 0, lagSeconds: 0)],
            maps: [.init(name: "log", usedBytes: 1 << 30, mapBytes: 1 << 40)])
        daemon.heartbeatSeconds = ["writer": 0, "projector": 1]
        return daemon
    }

    /// The same without a daemon.
    static func down() -> Installation {
        var found = sound()
        found.daemon = .unseen("no daemon answers at /run/l/s")
        found.lock = .seen(LockGlance(notedProcessID: 77, holder: nil))
        found.ledger = .seen(LedgerGlance(identity: "ab", head: Position(900), newestRecorded: now, folds: [fold(2)]))
        return found
    }

    static func fold(_ version: UInt32?, readable: Set<UInt32> = [2]) -> FoldGlance {
        FoldGlance(
            name: "views", version: version, versionWritten: 2, versionsReadable: readable,
            position: version == nil ? nil : Position(890))
    }

    private static func changed(
        _ change: (inout Installation) -> Void, from installation: Installation = sound()
    ) -> Installation {
        var installation = installation
        change(&installation)
        return installation
    }

    private static func told(_ change: (inout DaemonGlance) -> Void) -> Installation {
        var daemon = daemon()
        change(&daemon)
        return changed { $0.daemon = .seen(daemon) }
    }

    @Test func `of a sound installation every check says ok, and nothing is to be done`() {
        for finding in Doctor.findings(Self.sound()) {
            #expect(finding.verdict == .ok && finding.advice == nil, "\(finding)")
        }
        #expect(Set(Doctor.checks.map { $0.name }).count == Doctor.checks.count)
    }

    @Test func `without a daemon the files are looked at, and what only it knows is not seen`() {
        let findings = Doctor.findings(Self.down())
        #expect(findings.filter { $0.verdict == .wrong }.map(\.check) == ["daemon"])
        #expect(findings.filter { $0.verdict == .unseen }.map(\.check) == ["readiness", "heartbeats", "maps"])
        #expect(findings.contains { $0.text == "views/ is 10 events behind, which the next start makes up for" })
        #expect(findings.contains { $0.text.contains("process 77, which the file names, has let go of it") })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let check: String
        let verdict: DoctorVerdict
        let says: String
        let installation: Installation

        init(_ check: String, _ verdict: DoctorVerdict, _ says: String, _ installation: Installation) {
            self.check = check
            self.verdict = verdict
            self.says = says
            self.installation = installation
        }

        var testDescription: String { "\(check): \(says)" }
    }

    @Test(arguments: files + daemons + machine + ledgers)
    func `each fault is found by its check, which says what to do`(fault: Fault) throws {
        let found = Doctor.findings(fault.installation).filter { $0.check == fault.check }
        let finding = try #require(found.first { $0.text.contains(fault.says) }, "\(found)")
        #expect(finding.verdict == fault.verdict)
        #expect(fault.verdict == .unseen || finding.advice?.isEmpty == false)
        #expect(!found.contains { $0.verdict == .ok })
    }

    private static let files: [Fault] = [
        Fault("data directory", .wrong, "there is nothing at /srv/data", changed { $0.data = .absent }),
        Fault("data directory", .unseen, "Permission denied", changed { $0.data = .unseen("Permission denied") }),
        Fault("data directory", .unseen, "nobody said where it is", changed { $0.dataPath = nil }),
        Fault("data directory", .wrong, "is no directory", changed { $0.data = .seen(file("/srv/data")) }),
        Fault(
            "data directory", .warning, "has mode 0755",
            changed { $0.data = .seen(file("/srv/data", .directory, 0o755)) }),
        Fault(
            "data directory", .wrong, "the daemon runs as user 1000",
            changed {
                $0.lock = .seen(
                    LockGlance(
                        notedProcessID: 77, holder: ProcessGlance(processID: 77, name: "campaignd", userID: 1_000)))
            }),
        Fault(
            "data directory", .wrong, "/srv/data/log/lock.mdb is of user 0",
            changed {
                $0.files.append(
                    FileGlance(path: "/srv/data/log/lock.mdb", kind: .file, mode: 0o640, userID: 0, groupID: 0))
            }),
        Fault("socket", .wrong, "there is no socket", changed { $0.socket = .absent }),
        Fault("socket", .unseen, "could not be looked at", changed { $0.socket = .unseen("Permission denied") }),
        Fault("socket", .wrong, "is no socket but a file", changed { $0.socket = .seen(file("/run/l/s")) }),
        Fault(
            "socket", .wrong, "every user may post", changed { $0.socket = .seen(file("/run/l/s", .socket, 0o666)) }),
        Fault(
            "socket", .warning, "instead of 0660", changed { $0.socket = .seen(file("/run/l/s", .socket, 0o664)) }),
        Fault(
            "socket", .wrong, "every user may put another socket there",
            changed { $0.socketDirectory = .seen(file("/run/l", .directory, 0o777)) }),
    ]

    private static let daemons: [Fault] = [
        Fault("daemon", .wrong, "no daemon answers", changed { $0.daemon = .absent }),
        Fault("daemon", .wrong, "no daemon answers", changed { $0.daemon = .unseen("It has ended. Start it") }),
        Fault(
            "daemon", .unseen, "could not be found out",
            changed {
                $0.daemon = .unseen("Permission denied")
                $0.socket = .unseen("Permission denied")
            }),
        Fault("daemon", .wrong, "read-only: the disk is full", told { $0.readOnlyReason = "the disk is full" }),
        Fault(
            "lock", .wrong, "nobody has /srv/data",
            changed { $0.lock = .seen(LockGlance(notedProcessID: nil, holder: nil)) }),
        Fault("lock", .wrong, "process 78 answers", told { $0.processID = 78 }),
        Fault("lock", .wrong, "serves ledger cd", told { $0.ledgerIdentity = "cd" }),
        Fault("lock", .unseen, "Permission denied", changed { $0.lock = .unseen("Permission denied") }),
        Fault("readiness", .wrong, "not ready: views lag", told { $0.notReady = ["views lag"] }),
        Fault("readiness", .warning, "the index is slow", told { $0.troubles = ["the index is slow"] }),
        Fault(
            "lag", .warning, "views is 11 s and 5 events behind",
            told { $0.readModels = [.init(name: "views", position: 895, lagEvents: 5, lagSeconds: 11)] }),
        Fault("heartbeats", .wrong, "the writer has shown", told { $0.heartbeatSeconds["writer"] = 31 }),
        Fault("heartbeats", .unseen, "shows no heartbeats", told { $0.heartbeatSeconds = [:] }),
        Fault(
            "maps", .warning, "log uses",
            told { $0.maps = [.init(name: "log", usedBytes: 90 << 30, mapBytes: 100 << 30)] }),
        Fault(
            "disk", .warning, "the disk is full in 2 h 0 min", told { $0.secondsUntilFull = 7_200 }),
        Fault("disk", .wrong, "the disk is full in 0 h 59 min", told { $0.secondsUntilFull = 3_599 }),
    ]

    private static func limits(
        files: UInt64? = 65_536, hard: UInt64? = 65_536, space: UInt64? = nil, file: UInt64? = nil
    ) -> Installation {
        changed {
            $0.limits = .seen(
                LimitsGlance(
                    processID: 77, isDaemon: true, openFiles: files, openFilesHard: hard, addressSpaceBytes: space,
                    fileSizeBytes: file))
        }
    }

    private static func clock(_ now: Instant, step: Int64 = 0, synchronized: Bool? = nil) -> Installation {
        changed { $0.clock = ClockGlance(now: now, stepMicroseconds: step, isSynchronized: synchronized) }
    }

    private static let machine: [Fault] = [
        Fault(
            "disk", .warning, "1000.0 MiB of 100.0 GiB free",
            changed { $0.disk = .seen(DiskGlance(freeBytes: 1_000 << 20, totalBytes: 100 << 30, freeFiles: nil)) }),
        Fault(
            "disk", .warning, "40.0 GiB of 1000.0 GiB free",
            changed { $0.disk = .seen(DiskGlance(freeBytes: 40 << 30, totalBytes: 1_000 << 30, freeFiles: nil)) }),
        Fault(
            "disk", .wrong, "255.0 MiB",
            changed { $0.disk = .seen(DiskGlance(freeBytes: 255 << 20, totalBytes: 100 << 30, freeFiles: nil)) }),
        Fault(
            "disk", .warning, "9 more files",
            changed { $0.disk = .seen(DiskGlance(freeBytes: 50 << 30, totalBytes: 100 << 30, freeFiles: 9)) }),
        Fault("limits", .warning, "may open 1024 files", limits(files: 1_024)),
        Fault("limits", .wrong, "may open 64 files", limits(files: 64, hard: 64)),
        Fault("limits", .wrong, "may map 64.0 GiB only", limits(space: 64 << 30)),
        Fault("limits", .wrong, "files of 1.0 GiB only", limits(file: 1 << 30)),
        Fault("clock", .wrong, "it says 1970-01-01", clock(Instant(microseconds: 5_000_000))),
        Fault(
            "clock", .wrong, "the newest event was recorded at",
            clock(Instant(microseconds: now.microseconds - 1))),
        Fault("clock", .warning, "it moved by -2000 ms", clock(now, step: -2_000_000)),
        Fault("clock", .warning, "into time", clock(now, synchronized: false)),
    ]

    private static func ledger(_ ledger: LedgerGlance) -> Installation {
        changed({ $0.ledger = .seen(ledger) }, from: down())
    }

    private static let ledgers: [Fault] = [
        Fault(
            "format", .wrong, "the log is damaged",
            ledger(
                LedgerGlance(
                    identity: nil, head: nil, newestRecorded: nil,
                    fault: LedgerFault(text: "the log is damaged", advice: "Restore it.")))),
        Fault("format", .unseen, "Permission denied", changed { $0.ledger = .unseen("Permission denied") }),
        Fault(
            "format", .warning, "this program writes 2",
            ledger(LedgerGlance(identity: "ab", head: Position(900), newestRecorded: now, folds: [fold(3)]))),
        Fault(
            "format", .warning, "before it serves",
            ledger(LedgerGlance(identity: "ab", head: Position(900), newestRecorded: now, folds: [fold(1)]))),
        Fault(
            "format", .warning, "is being replaced",
            ledger(
                LedgerGlance(
                    identity: "ab", head: Position(900), newestRecorded: now, folds: [fold(1, readable: [1, 2])]))),
        Fault(
            "lag", .warning, "views/ is not there or unreadable",
            ledger(LedgerGlance(identity: "ab", head: Position(900), newestRecorded: now, folds: [fold(nil)]))),
        Fault("verified", .wrong, "restored and not verified", changed { $0.isUnverified = .seen(true) }),
        Fault(
            "replays", .warning, "replay 4 (rebuild) is interrupted after attempt 3: it ended",
            changed {
                $0.replays = .seen([
                    ReplayGlance(id: "4", kind: "rebuild", state: "interrupted", attempt: 3, error: "it ended")
                ])
            }),
        Fault("backup", .warning, "none was made", changed { $0.lastBackup = .absent }),
        Fault(
            "backup", .warning, "made 27 h ago, to position 800",
            changed {
                $0.lastBackup = .seen(
                    BackupGlance(seconds: 1_764_000_000 - 27 * 3_600, position: 800, ageSecondsMax: 26 * 3_600))
            }),
    ]
}
