import ArgumentParser
import Glibc
import LedgerEngine
import Logging

/// Tells whether two ledgers agree: two with the same log have the same digest, however they came to it.
struct DigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Print a digest of the read models of a data directory that no daemon serves.",
        discussion: """
            Folds what views/ lacks, then prints the position, the number of rows and the SHA-256 over all rows in key \
            order. Remove views/ and run it again to compare with a rebuild from nothing.

            Exit codes: 0 printed, 64 usage, 66 no ledger there, 74 storage failed or refused, 75 in use.
            """)

    @Option(help: "The data directory.")
    var data: String

    func run() async throws {
        guard access(data + "/LEDGER", F_OK) == 0 else {
            try Self.fail("there is no ledger in \(data): name the directory that holds the file LEDGER", .noInput)
        }
        let configuration = LedgerConfiguration(dataDirectory: data)
        let ledger: Ledger
        do {
            ledger = try Ledger.open(configuration, logger: Logger(label: "digest"))
        } catch {
            try Self.fail("\(error)", DaemonExit(opening: error))
        }
        defer { ledger.close() }
        do {
            let digest = try await ledger.viewsDigest(timeoutSeconds: Self.foldSecondsMax)
            print("position \(digest.position) rows \(digest.rows) sha256 \(digest.sha256)")
        } catch {
            try Self.fail("the read models could not be read: \(error)", .storage)
        }
    }

    /// How long the fold may take, in seconds: a rebuild of the largest ledgers takes minutes.
    private static let foldSecondsMax = 24 * 3600

    private static func fail(_ text: String, _ exit: DaemonExit) throws -> Never {
        var line = "campaignd: \(text)\n"
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
        throw exit.code
    }
}
