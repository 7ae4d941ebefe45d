import FoundationEssentials
import LedgerOperations

/// What an operation did: lines for people, or JSON.
enum OperationAnswer {
    struct BackedUp: Encodable {
        var directory: String
        var ledger: String
        var head: UInt64
        var added: UInt64
        var bytes: UInt64
        var recordsSha256: String
    }

    struct Restored: Encodable {
        var directory: String
        var ledger: String
        var head: UInt64
        var recordsSha256: String
    }

    struct Imported: Encodable {
        var directory: String
        var recorded: Int
        var repeats: Int
        var moved: Int
        var withoutPoster: Int
        var head: UInt64
        var recordsSha256: String
    }

    /// Shows an answer in the form that was asked for.
    ///
    /// - Parameter facts: for people, in order.
    static func show(
        _ answer: some Encodable, _ facts: [(name: String, value: String)], json: Bool, on console: Console
    ) throws {
        guard json else {
            var table = Table(.left(""), .left(""))
            for fact in facts { table.add(.init(fact.name), .init(fact.value)) }
            return try console.write(table.text(console.outputStyle))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try console.write(json: try encoder.encode(answer))
    }
}
