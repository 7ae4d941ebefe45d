import CampaignDomain
import EventLog

/// There is room for what comes.
package enum DiskCheck: DoctorCheck {
    package static let name = "disk"
    /// Less than this is soon used up, by the read models alone.
    package static let freeBytesMin: UInt64 = 1 << 30
    /// Less than this, and a checkpoint may fail.
    package static let freeBytesLeast: UInt64 = 256 << 20
    package static let freePerCentMin: UInt64 = 5
    package static let freeFilesMin: UInt64 = 1_000
    package static let secondsUntilFullMin: Int64 = 24 * 3_600

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let disk = installation.disk.value else {
            guard case .unseen(let reason) = installation.disk else {
                return [unseen("there is no data directory to look at")]
            }
            return [unseen("the free space could not be asked for: \(reason)")]
        }
        let free = "\(SizeText.bytes(disk.freeBytes)) of \(SizeText.bytes(disk.totalBytes)) free"
        let advice =
            "Make room or give it a larger disk. See what is large: du -sh the data directory; old read models "
            + "of a rebuild go with campaignctl replay remove."
        var found: [DoctorFinding] = []
        if disk.freeBytes < freeBytesLeast {
            found.append(wrong(free, advice))
        } else if disk.freeBytes < freeBytesMin || disk.freeBytes < disk.totalBytes / 100 * freePerCentMin {
            found.append(warning(free, advice))
        }
        if let files = disk.freeFiles, files < freeFilesMin {
            found.append(warning("the file system has room for \(files) more files only", advice))
        }
        if let seconds = installation.daemon.value?.secondsUntilFull, seconds < secondsUntilFullMin {
            let text =
                "at the rate of the last minutes the disk is full in \(seconds / 3_600) h \(seconds / 60 % 60) min"
            found.append(seconds < 3_600 ? wrong(text, advice) : warning(text, advice))
        }
        return found.isEmpty ? [ok(free)] : found
    }
}

/// The maps have room to grow.
package enum MapCheck: DoctorCheck {
    package static let name = "maps"
    package static let usedPerCentMax: UInt64 = 80

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let daemon = installation.daemon.value else { return [unseen("no daemon answers")] }
        let full = daemon.maps.filter { $0.mapBytes > 0 && $0.usedBytes > $0.mapBytes / 100 * usedPerCentMax }
        guard full.isEmpty else {
            return full.map {
                warning(
                    "\($0.name) uses \(SizeText.bytes($0.usedBytes)) of the \(SizeText.bytes($0.mapBytes)) it may map",
                    "Raise ledger.\($0.name)MapBytesMax in the configuration and restart the daemon.")
            }
        }
        return [ok(daemon.maps.map { "\($0.name) \(SizeText.bytes($0.usedBytes))" }.joined(separator: ", "))]
    }
}

/// The process may have as many files and as much address space as the ledger takes.
package enum LimitsCheck: DoctorCheck {
    package static let name = "limits"
    /// As many connections as the daemon takes by default, and its own files.
    package static let openFilesMin: UInt64 = 1_024 + 256
    /// Fewer, and the daemon itself may not come up.
    package static let openFilesLeast: UInt64 = 128
    /// What the three maps may grow to by default.
    package static let addressSpaceBytesMin: UInt64 = 3 << 40

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let limits = installation.limits.value else {
            guard case .unseen(let reason) = installation.limits else { return [unseen("there is no process")] }
            return [unseen("the process's limits could not be read: \(reason)")]
        }
        let whose = limits.isDaemon ? "the daemon's process" : "this login, from which a daemon would be started,"
        var found: [DoctorFinding] = []
        if let files = limits.openFiles, files < openFilesMin {
            let text = "\(whose) may open \(files) files"
            let locked = (limits.openFilesHard ?? .max) < openFilesMin ? " The hard limit has to be raised too." : ""
            let advice = "Allow \(openFilesMin) at least: LimitNOFILE=65536 in the unit, or ulimit -n 65536.\(locked)"
            found.append(files < openFilesLeast ? wrong(text, advice) : warning(text, advice))
        }
        if let bytes = limits.addressSpaceBytes, bytes < addressSpaceBytesMin {
            found.append(
                wrong(
                    "\(whose) may map \(SizeText.bytes(bytes)) only, and the ledger maps its files whole",
                    "Take the limit away: LimitAS=infinity in the unit, or ulimit -v unlimited."))
        }
        if let bytes = limits.fileSizeBytes {
            found.append(
                wrong(
                    "\(whose) may write files of \(SizeText.bytes(bytes)) only",
                    "Take the limit away: LimitFSIZE=infinity in the unit, or ulimit -f unlimited."))
        }
        let files = limits.openFiles.map { "\($0)" } ?? "any number of"
        return found.isEmpty ? [ok("\(files) files, address space unlimited")] : found
    }
}

/// The clock can be believed: recordedtime never goes back.
package enum ClockCheck: DoctorCheck {
    package static let name = "clock"
    /// Before this program was written, and after anyone will run it.
    package static let saneMicroseconds: Range<Int64> = 1_735_689_600_000_000..<4_102_444_800_000_000
    package static let stepMicrosecondsMax: Int64 = 100_000

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        let clock = installation.clock
        var found: [DoctorFinding] = []
        if !saneMicroseconds.contains(clock.now.microseconds) {
            found.append(wrong("it says \(clock.now.rfc3339)", "Set it, and let chrony or systemd-timesyncd keep it."))
        }
        if let newest = installation.ledger.value?.newestRecorded, newest > clock.now {
            found.append(
                wrong(
                    "it says \(clock.now.rfc3339), but the newest event was recorded at \(newest.rfc3339)",
                    "The clock was ahead then, or is behind now. Set it right; events that follow are recorded at the "
                        + "newest event's time until the clock has passed it."))
        }
        if abs(clock.stepMicroseconds) > stepMicrosecondsMax {
            found.append(
                warning(
                    "it moved by \(clock.stepMicroseconds / 1_000) ms while it was watched",
                    "Somebody sets it. Let one of chrony and systemd-timesyncd keep it, slowly."))
        }
        if clock.isSynchronized == false {
            found.append(
                warning(
                    "systemd-timesyncd has not brought it into time yet",
                    "See timedatectl status; its servers must be reachable."))
        }
        return found.isEmpty ? [ok("it says \(clock.now.rfc3339)")] : found
    }
}

/// There is a backup, and it is not old.
package enum BackupCheck: DoctorCheck {
    package static let name = "backup"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        switch installation.lastBackup {
        case .absent:
            guard installation.data.value != nil || installation.daemon.value != nil else {
                return [unseen("there is no data directory to look at")]
            }
            return [warning("none was made by campaignctl backup", "Make one: campaignctl backup DIR")]
        case .unseen(let reason): return [unseen("the note of the last one could not be read: \(reason)")]
        case .seen(let backup):
            let age = (installation.clock.now.microseconds - backup.made.microseconds) / 1_000_000
            let place = backup.path.map { " in \($0)" } ?? ""
            let text =
                "the last one was made \(SizeText.age(seconds: max(0, age))) ago, to position "
                + "\(backup.position.rawValue)\(place)"
            guard age > backup.ageSecondsMax else { return [ok(text)] }
            return [
                warning(text, "Make one: campaignctl backup\(backup.path.map { " \($0)" } ?? " DIR") --incremental")
            ]
        }
    }
}
