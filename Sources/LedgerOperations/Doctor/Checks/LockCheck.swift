/// Who has the data directory is the daemon that answers.
package enum LockCheck: DoctorCheck {
    package static let name = "lock"

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        switch installation.lock {
        case .absent:
            return installation.data.value == nil
                ? [unseen("the data directory could not be looked at")] : [ok("nobody has the data directory")]
        case .unseen(let reason): return [unseen("its holder could not be found out: \(reason)")]
        case .seen(let lock):
            guard let holder = lock.holder else { return free(lock, installation) }
            return held(by: holder, installation)
        }
    }

    private static func free(_ lock: LockGlance, _ installation: Installation) -> [DoctorFinding] {
        guard let daemon = installation.daemon.value else {
            let noted = lock.notedProcessID.map { "; process \($0), which the file names, has let go of it" } ?? ""
            return [ok("nobody has the data directory\(noted)")]
        }
        return [
            wrong(
                "a daemon answers at \(installation.socketPath), but nobody has \(installation.dataPath ?? "the data directory")",
                "It serves another ledger\(daemon.dataPath.map { ", in \($0)" } ?? ""): name the right --data or "
                    + "--socket.")
        ]
    }

    private static func held(by holder: ProcessGlance, _ installation: Installation) -> [DoctorFinding] {
        let who = "process \(holder.processID)" + (holder.name.map { " (\($0))" } ?? "")
        guard let daemon = installation.daemon.value else {
            return [ok("\(who) has the data directory")]
        }
        if let identity = installation.ledger.value?.identity, identity != daemon.ledgerIdentity {
            return [
                wrong(
                    "\(who) has the data directory of ledger \(identity), but the daemon that answers serves ledger "
                        + daemon.ledgerIdentity,
                    "Name the --data and the --socket of one daemon.")
            ]
        }
        // A socket that systemd made is systemd's: then the process at its other end says nothing.
        if let answering = daemon.processID, answering != 1, answering != holder.processID {
            return [
                wrong(
                    "\(who) has the data directory, but process \(answering) answers at \(installation.socketPath)",
                    "Two daemons run, or a command works on the directory: end the one that should not.")
            ]
        }
        return [ok("\(who) has the data directory and answers")]
    }
}
