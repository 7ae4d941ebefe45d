import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Testing

@testable import campaignctl

/// Answers that break off while a command writes.
@Suite struct CutOffTests {
    /// Why an export to a file or to standard output fails.
    private func failure(out: String, _ answer: StubDaemon.Answer) async throws -> CommandFailure? {
        let daemon = try await StubDaemon { _ in answer }
        let folder = try StubDaemon.makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let parsed = try Campaignctl.parseAsRoot(
            ["export", "--format", "csv", "--out", out.replacing("FOLDER", with: folder)])
        let command = try #require(parsed as? ExportCommand)
        let session = Session(
            client: LedgerClient(socketPath: daemon.socketPath), console: CapturedConsole().console(), json: false)
        let failure = await #expect(throws: CommandFailure.self) { try await command.run(session) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        try await daemon.stop()
        return failure
    }

    @Test(arguments: [
        ("FOLDER/out", "Nothing was written. Export again."),
        ("-", "What went to standard output is incomplete. Export again."),
    ])
    func `a connection that breaks off is told in words, with what became of the file`(
        out: String, advice: String
    ) async throws {
        let beginning = ExportBeginning(
            export: "postings", ledgerId: "0190-aa", version: "0.1.0", standing: FixedAnswers.standing, influencers: 1)
        let cuts: [StubDaemon.Answer] = [
            .hangUp, .chunks([CommandTests.text(beginning) + "\n"], contentType: "x", endsWell: false),
        ]
        for cut in cuts {
            let failure = try await failure(out: out, cut)
            #expect(failure?.status == .unavailable)
            #expect(
                failure?.description == "The daemon's answer was cut off: the daemon closed the connection. \(advice)")
        }
    }
}
