import ArgumentParser
import LedgerOperations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into an empty data directory, and verify it.",
        discussion: """
            Every record is read again and compared with the backup's manifest before it says done. Until then the \
            directory is marked UNVERIFIED. Ctrl-C and every failure leave nothing, and the backup as it is. Run it as \
            the user that the daemon runs as.
            """)

    @Argument(help: ArgumentHelp("The backup's directory.", valueName: "backup"), completion: .directory)
    var backup: String

    @Argument(help: ArgumentHelp("The data directory: absent or empty.", valueName: "dir"), completion: .directory)
    var directory: String

    @Flag(name: .long, help: "Print what was restored as JSON.")
    var json = false

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func run() async throws {
        let command = self
        try await Interruption.watch { try command.run(on: Console.standard()) }
    }

    func run(on console: Console) throws {
        let result = try OperationRun(console: console, isQuiet: quiet).run { watch throws(OperationFault) in
            try Restore(backup: backup, target: directory).run(watch: watch)
        }
        try OperationAnswer.show(
            OperationAnswer.Restored(
                directory: directory, ledger: result.manifest.ledger, head: result.head,
                recordsSha256: result.recordsSha256),
            [
                ("restored", directory), ("ledger", result.manifest.ledger), ("head", "\(result.head)"),
                ("state", "verified: every record was read and is the backup's"),
                ("recordsSha256", result.recordsSha256),
            ], json: json, on: console)
        if result.head > result.manifest.head {
            console.note(
                "\(Figures.count(Int(clamping: result.head - result.manifest.head), "event")) after position "
                    + "\(result.manifest.head) are of an increment that had not come to its end: each record's "
                    + "checksum is right, but no manifest speaks of them.\n")
        }
        if geteuid() == 0 {
            console.note("The files belong to root. Give them to the user that the daemon runs as: chown -R.\n")
        }
    }
}
