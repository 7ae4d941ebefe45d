/// The socket is a socket, and only the daemon's user and group reach it: whoever may open it may post and read.
package enum SocketCheck: DoctorCheck {
    package static let name = "socket"
    private static let others: UInt32 = 0o007
    private static let othersWrite: UInt32 = 0o002

    package static func findings(_ installation: Installation) -> [DoctorFinding] {
        let path = installation.socketPath
        switch installation.socket {
        case .absent:
            return [
                wrong(
                    "there is no socket at \(path)",
                    "Start the daemon, or name its socket with --socket or $CAMPAIGN_LEDGER_SOCKET.")
            ]
        case .unseen(let reason):
            return [
                unseen(
                    "\(path) could not be looked at: \(reason)",
                    "Run doctor as a member of the socket's group, or as root.")
            ]
        case .seen(let socket):
            guard socket.kind == .socket else {
                return [
                    wrong(
                        "\(path) is no socket but a \(socket.kind.rawValue)",
                        "Name the daemon's socket with --socket; a daemon leaves what is no socket in its place.")
                ]
            }
            let found = rights(of: socket, proper: "0660") + directory(installation)
            return found.isEmpty ? [ok("\(path) is of user \(socket.userID), mode \(socket.modeText)")] : found
        }
    }

    private static func directory(_ installation: Installation) -> [DoctorFinding] {
        guard let directory = installation.socketDirectory.value else { return [] }
        return rights(of: directory, proper: "0750")
    }

    private static func rights(of file: FileGlance, proper: String) -> [DoctorFinding] {
        let advice = "Take the rights away: chmod \(proper) \(file.path)"
        // In a sticky directory, as /tmp is, others cannot replace the socket.
        if file.mode & othersWrite != 0, file.kind == .socket || file.mode & 0o1000 == 0 {
            let what = file.kind == .socket ? "every user may post and read" : "every user may put another socket there"
            return [wrong("\(file.path) has mode \(file.modeText): \(what)", advice)]
        }
        guard file.kind == .socket, file.mode & others != 0 else { return [] }
        return [warning("\(file.path) has mode \(file.modeText) instead of \(proper)", advice)]
    }
}
