import ArgumentParser
import LedgerClient

struct PostCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "post",
        abstract: "Post events from an NDJSON file, one CloudEvent a line.",
        discussion: """
            Events go in batches of up to 1000 and 8 MiB. A batch is recorded whole or refused whole; at the first \
            refused one posting stops and each fault is shown with its line. Posting the same input again is safe: \
            what was recorded is answered as a repeat. A busy daemon is waited for, within bounds.
            """)

    @Argument(help: "The file to post, or - for standard input.", completion: .file(extensions: ["ndjson", "jsonl"]))
    var file: String

    @OptionGroup var connection: ConnectionOptions

    @Flag(name: .customLong("validate-only"), help: "Check all events against the ledger and record none.")
    var validateOnly = false

    @Option(
        name: .customLong("in-flight"),
        help: ArgumentHelp(
            "Batches on their way at the same time, 1 to 16. With more than 1 the order may change.",
            valueName: "count"))
    var inFlight = 1

    @Option(name: .customLong("batch"), help: ArgumentHelp("Events a batch, 1 to 1000.", valueName: "count"))
    var batch = BatchSource.eventsMax

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        guard (1...16).contains(inFlight) else {
            throw ValidationError("--in-flight is \(inFlight): 1 to 16 batches can be on their way.")
        }
        guard (1...BatchSource.eventsMax).contains(batch) else {
            throw ValidationError("--batch is \(batch): a batch has 1 to \(BatchSource.eventsMax) events.")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        let isStandardInput = file == "-"
        let descriptor = isStandardInput ? 0 : try FileDescriptor.openForReading(file)
        defer { if !isStandardInput { FileDescriptor.close(descriptor) } }
        let name = isStandardInput ? "standard input" : file
        let size = FileDescriptor.size(of: descriptor)
        let input = BatchSource(descriptor: descriptor, name: name, isFile: size != nil, batchEvents: batch)
        let run = PostRun(
            session: session, name: name, validateOnly: validateOnly, inFlightMax: inFlight, inputBytes: size,
            isQuiet: quiet)
        try await run.run(input)
    }
}
