import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerOperations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

struct BackupCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the ledger's log while the daemon serves, or add to such a copy.",
        discussion: """
            Writes to an absent or empty directory; with --incremental it adds to a backup of the same ledger only what \
            is new. Every record is read back before it says done. Run it as the daemon's user, or as root. It reads \
            the files of the data directory itself: that of the daemon at the socket, or --data.

            Ctrl-C and every failure leave the ledger as it is, and the backup sound as far as it goes, or none.
            """)

    @Argument(help: ArgumentHelp("The backup's directory.", valueName: "dir"), completion: .directory)
    var directory: String

    @Flag(name: .long, help: "Add to the backup in the directory what is new since.")
    var incremental = false

    @Option(
        name: .long, help: ArgumentHelp("The data directory (default: the daemon's).", valueName: "dir"),
        completion: .directory)
    var data: String?

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        let backup = Backup(
            data: try await dataDirectory(session), target: directory,
            program: "campaignctl \(Campaignctl.versionNumber)",
            now: { Int64(Date().timeIntervalSince1970) })
        // The daemon's threads come first.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        let result = try OperationRun(console: session.console, isQuiet: quiet).run { watch throws(OperationFault) in
            incremental ? try backup.runIncremental(watch: watch) : try backup.run(watch: watch)
        }
        let manifest = result.manifest
        try OperationAnswer.show(
            OperationAnswer.BackedUp(
                directory: directory, ledger: manifest.ledger, head: manifest.head, added: result.added,
                bytes: manifest.bytes, recordsSha256: manifest.recordsSha256),
            [
                ("backup", directory), ("ledger", manifest.ledger), ("head", "\(manifest.head)"),
                ("added", Figures.count(Int(clamping: result.added), "event")),
                ("size", Figures.bytes(manifest.bytes)), ("recordsSha256", manifest.recordsSha256),
            ], json: session.json, on: session.console)
        if let fault = result.noteFault { session.console.note("\(fault)\n") }
    }

    private func dataDirectory(_ session: Session) async throws -> String {
        if let data { return data }
        do {
            return try await session.get(RequestPath("v1", "status"), as: StatusBody.self).dataDirectory
        } catch let error as LedgerClientError where ExitStatus(error) == .unavailable {
            throw CommandFailure(
                .unavailable,
                "\(ProblemText.sentences(for: error)) Without a daemon --data has to name the data directory.")
        }
    }
}
