/// The data directory is a directory of the daemon's user, and nobody else reads it.
package enum DataDirectoryCheck: DoctorCheck {
    package static let name = "data directory"
    private static let others: UInt32 = 0o007
    private static let groupWrites: UInt32 = 0o020

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        guard let path = installation.dataPath else {
            return [unseen("nobody said where it is", "Name it with --data, or start the daemon, which knows.")]
        }
        switch installation.data {
        case .absent:
            return [
                wrong(
                    "there is nothing at \(path)",
                    "Name the right one with --data. If it was lost, restore a backup: campaignctl restore.")
            ]
        case .unseen(let reason):
            return [
                unseen("\(path) could not be looked at: \(reason)", "Run doctor as the daemon's user, or as root.")
            ]
        case .seen(let directory):
            let found = of(directory) + strangers(directory, installation)
            return found.isEmpty
                ? [ok("\(path) is of user \(directory.userID), mode \(directory.modeText)")] : found
        }
    }

    private static func of(_ directory: FileGlance) -> [DoctorFinding] {
        guard directory.kind == .directory else {
            return [
                wrong("\(directory.path) is no directory", "Name the directory that holds the file LEDGER with --data.")
            ]
        }
        guard directory.mode & (others | groupWrites) != 0 else { return [] }
        return [
            warning(
                "\(directory.path) has mode \(directory.modeText): it holds what people are paid, for its owner only",
                "Take the rights away: chmod 0750 \(directory.path)")
        ]
    }

    /// What root leaves behind, its daemon cannot open.
    private static func strangers(_ directory: FileGlance, _ installation: Installation) -> [DoctorFinding] {
        let user = installation.lock.value?.holder?.userID ?? directory.userID
        var found: [DoctorFinding] = []
        if user != directory.userID, user != 0 {
            found.append(
                wrong(
                    "\(directory.path) is of user \(directory.userID), but the daemon runs as user \(user)",
                    "Stop the daemon, then: chown -R \(user) \(directory.path)"))
        }
        let strange = installation.files.filter { $0.userID != directory.userID && $0.userID != user }
        if let first = strange.first {
            let more = strange.count > 1 ? " and \(strange.count - 1) more" : ""
            found.append(
                wrong(
                    "\(first.path)\(more) is of user \(first.userID), not of the directory's user \(directory.userID)",
                    "Somebody ran a command as another user. Give it back: chown -R \(directory.userID) "
                        + directory.path))
        }
        return found
    }
}
