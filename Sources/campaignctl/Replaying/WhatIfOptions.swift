import ArgumentParser
import LedgerAPI
import SettingsFiles

/// What a whatif asks, and how its answer looks.
struct WhatIfOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The other policies: YAML as config/policy.yaml, or JSON; one or more kinds, each whole.", valueName: "file"
        ),
        completion: .file())
    var policy: String

    @Option(
        name: .long,
        help: ArgumentHelp("What was so at this instant, RFC 3339 (default: when it begins).", valueName: "instant"))
    var at: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What was known when the log's head was here (default: all when it begins).", valueName: "position"))
    var position: UInt64?

    func validate() throws {
        try OptionValue.check(instant: at, "--at")
    }

    /// The order for the daemon; a fault of the file is told with its line before anything is asked.
    func order(cores: Int?, sharePercent: Int?) throws(CommandFailure) -> ReplayOrderBody {
        ReplayOrderBody(
            kind: "whatif", cores: cores, sharePercent: sharePercent, policies: try PolicyFile(named: policy).json,
            position: position, at: at)
    }
}

/// How changes are shown.
struct ChangeFormOptions: ParsableArguments {
    @Flag(name: .long, help: "Write all changes as CSV (RFC 4180).")
    var csv = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Rows of the table at most, the greatest changes (default: \(ChangeListing.rowsStandard)).",
            valueName: "count"))
    var limit: Int?

    func validate() throws {
        if let limit, !(1...100_000).contains(limit) {
            throw ValidationError("--limit is \(limit): a table has 1 to 100000 rows. --csv and --json have all.")
        }
    }

    /// - Parameter json: whether JSON is asked for.
    func form(json: Bool) throws -> ChangeListing.Form {
        if csv, json { throw ValidationError("--csv and --json are two forms: choose one.") }
        if csv { return .csv }
        return json ? .json : .table(limit: limit ?? ChangeListing.rowsStandard)
    }
}
