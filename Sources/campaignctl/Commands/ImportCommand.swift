import ArgumentParser
import LedgerEngine
import LedgerOperations

struct ImportCommand: AsyncParsableCommand {
    /// Bytes read at once.
    private static let readBytes = 1 << 20

    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Record the events of an export in a data directory that no daemon has open.",
        discussion: """
            The file is that of: campaignctl export --format ndjson --complete. Identities, times, recorded times, \
            posters, schema versions and data stay as they were, and so do positions, so that the records are the same \
            byte for byte: recordsSha256 shows it. Events of an export without --complete count as posted by you.

            With --append events that the ledger has are repeats, and the others get its next positions. What was \
            recorded stays when it is interrupted; import the same file again with --append to go on.
            """)

    @Argument(help: ArgumentHelp("The file, or - for standard input.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        name: .long, help: ArgumentHelp("The data directory: absent, empty, or a ledger's.", valueName: "dir"),
        completion: .directory)
    var data: String

    @Flag(name: .long, help: "Add to a ledger that holds events.")
    var append = false

    @Flag(name: .long, help: "Print what was recorded as JSON.")
    var json = false

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func run() async throws {
        let command = self
        try await Interruption.watch { try command.run(on: Console.standard()) }
    }

    func run(on console: Console) throws {
        let descriptor = file == "-" ? 0 : try FileDescriptor.openForReading(file)
        defer { if file != "-" { FileDescriptor.close(descriptor) } }
        let name = file == "-" ? "standard input" : file
        let operation = Import(
            target: data, isAppending: append, file: name,
            sizeBytes: FileDescriptor.size(of: descriptor).map { UInt64($0) })
        let result = try OperationRun(console: console, isQuiet: quiet).run { watch throws(OperationFault) in
            try operation.run(watch: watch) { () throws(OperationFault) in
                // Whoever writes to a pipe may take its time; Ctrl-C may not.
                while !FileDescriptor.isReadable(descriptor, within: 100) {
                    if Task.isCancelled { throw .cancelled("") }
                }
                do throws(CommandFailure) {
                    return try FileDescriptor.read(descriptor, capacity: Self.readBytes, name: name)
                } catch {
                    throw .failed(error.description)
                }
            }
        }
        let totals = result.totals
        try OperationAnswer.show(
            OperationAnswer.Imported(
                directory: data, recorded: totals.recorded, repeats: totals.repeats, moved: totals.moved,
                withoutPoster: totals.withoutPoster, head: result.head, recordsSha256: result.recordsSha256),
            [
                ("data", data), ("recorded", Figures.count(totals.recorded, "event")),
                ("repeats", Figures.count(totals.repeats, "event")), ("head", "\(result.head)"),
                ("recordsSha256", result.recordsSha256),
            ], json: json, on: console)
        if totals.withoutPoster > 0 {
            console.note(
                "\(Figures.count(totals.withoutPoster, "event")) did not say who posted them and count as posted by "
                    + "you; an export with --complete says it.\n")
        }
        if totals.moved > 0 {
            console.note("\(Figures.count(totals.moved, "event")) got other positions than in the file.\n")
        }
    }
}
