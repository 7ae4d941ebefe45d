import EventLog

/// Nothing was restored that nobody verified.
package enum VerifiedCheck: DoctorCheck {
    package static let name = "verified"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        switch installation.isUnverified {
        case .seen(true):
            return [
                wrong(
                    "the ledger was restored and not verified since",
                    "Start the daemon and run campaignctl replay verify: when that says sound, the mark goes.")
            ]
        case .seen(false): return [ok("no restore waits for its verification")]
        case .absent: return [unseen("there is no data directory to look at")]
        case .unseen(let reason): return [unseen("whether it was restored could not be seen: \(reason)")]
        }
    }
}

/// The daemon says that it may be asked, and knows of no trouble.
package enum ReadinessCheck: DoctorCheck {
    package static let name = "readiness"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let daemon = installation.daemon.value else { return [unseen("no daemon answers")] }
        let reasons = daemon.notReady.map { wrong("not ready: \($0)", "See campaignctl status and the daemon's log.") }
        let troubles = daemon.troubles.filter { !daemon.notReady.contains($0) }.map {
            warning($0, "See campaignctl status and the daemon's log.")
        }
        return reasons.isEmpty && troubles.isEmpty ? [ok("the daemon is ready")] : reasons + troubles
    }
}

/// The read models have seen what was recorded.
package enum LagCheck: DoctorCheck {
    package static let name = "lag"
    /// Longer than this is not the usual batch.
    package static let secondsMax: Int64 = 10

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let daemon = installation.daemon.value else { return offline(installation) }
        let late = daemon.readModels.filter { $0.lagSeconds > secondsMax }
        guard late.isEmpty else {
            return late.map {
                warning(
                    "\($0.name) is \($0.lagSeconds) s and \($0.lagEvents) events behind",
                    "Watch it with campaignctl top. If it does not catch up, see the daemon's log.")
            }
        }
        let names = daemon.readModels.map { "\($0.name) \($0.lagEvents)" }.joined(separator: ", ")
        return [ok("events behind: \(names)")]
    }

    private static func offline(_ installation: Installation) -> [DoctorFinding] {
        guard let ledger = installation.ledger.value, let head = ledger.head?.rawValue, !ledger.folds.isEmpty else {
            return [unseen("no daemon answers, and the read models could not be read")]
        }
        return ledger.folds.map { fold in
            guard let position = fold.position?.rawValue else {
                return warning("\(fold.name)/ is not there or unreadable", "The next start builds it from the log.")
            }
            return ok("\(fold.name)/ is \(head - min(head, position)) events behind, which the next start makes up for")
        }
    }
}

/// Each thread of the daemon that has work shows that it lives.
package enum HeartbeatCheck: DoctorCheck {
    package static let name = "heartbeats"
    package static let secondsMax: Int64 = 30

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let daemon = installation.daemon.value else { return [unseen("no daemon answers")] }
        guard !daemon.heartbeatSeconds.isEmpty else { return [unseen("the daemon shows no heartbeats")] }
        let silent = daemon.heartbeatSeconds.filter { $0.value > secondsMax }.sorted { $0.key < $1.key }
        guard silent.isEmpty else {
            return silent.map {
                wrong(
                    "the \($0.key) has shown no sign of life for \($0.value) s",
                    "See the daemon's log and the disk; restart the daemon: nothing acknowledged is lost.")
            }
        }
        return [ok("all \(daemon.heartbeatSeconds.count) components live")]
    }
}

/// No replay was left behind.
package enum ReplayCheck: DoctorCheck {
    package static let name = "replays"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        switch installation.replays {
        case .absent: return [ok("there were none")]
        case .unseen(let reason): return [unseen("they could not be looked at: \(reason)")]
        case .seen(let replays):
            let left = replays.filter { $0.state == "interrupted" || $0.state == "failed" }
            guard left.isEmpty else { return left.map(finding) }
            let going = replays.filter { $0.state == "running" || $0.state == "waiting" }
            let down = installation.daemon.value == nil && !going.isEmpty ? "; the next start goes on with them" : ""
            return [ok("\(going.count) waiting or running\(down), \(replays.count - going.count) ended")]
        }
    }

    private static func finding(_ replay: ReplayGlance) -> DoctorFinding {
        let reason = replay.error.map { ": \($0)" } ?? ""
        return warning(
            "replay \(replay.id) (\(replay.kind)) is \(replay.state) after attempt \(replay.attempt)\(reason)",
            "Look with campaignctl replay show \(replay.id); start it again, or: campaignctl replay remove \(replay.id)"
        )
    }
}
