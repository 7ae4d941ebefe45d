/// A daemon answers, and it records.
package enum DaemonCheck: DoctorCheck {
    package static let name = "daemon"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        switch installation.daemon {
        case .absent:
            return [wrong("no daemon answers at \(installation.socketPath)", startAdvice(installation))]
        case .unseen(let reason): return silent(reason, installation)
        case .seen(let daemon):
            let process = daemon.processID.map { ", process \($0)" } ?? ""
            guard let reason = daemon.readOnlyReason else {
                return [ok("it answers: version \(daemon.version), head \(daemon.head)\(process)")]
            }
            return [
                wrong(
                    "it is read-only: \(reason)",
                    "Make room on the disk, or see what its log says; it tries again by itself.")
            ]
        }
    }

    /// The reason says what to do; but a daemon that has the data directory needs no start.
    private static func silent(_ reason: String, _ installation: Installation) -> [DoctorFinding] {
        if case .unseen = installation.socket {
            return [unseen("whether one answers at \(installation.socketPath) could not be found out", "\(reason).")]
        }
        let isUp = installation.lock.value?.holder != nil
        return [
            wrong(
                "no daemon answers at \(installation.socketPath)", isUp ? startAdvice(installation) : "\(reason).")
        ]
    }

    private static func startAdvice(_ installation: Installation) -> String {
        guard let holder = installation.lock.value?.holder else {
            return "Start it: systemctl start campaignd, or campaignd --config FILE; its log says why it ended."
        }
        return "Process \(holder.processID) has the data directory: see what its log says, and whether it still "
            + "reads the log at its start; campaignctl needs its --socket."
    }
}
