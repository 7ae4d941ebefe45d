import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Testing

@testable import campaignctl

/// The program itself, as a process: what a script sees.
@Suite struct ExitStatusTests {
    private struct Ended {
        var status: Int32
        var output: String
        var error: String
    }

    /// Runs the program that was built beside the tests.
    private func campaignctl(_ arguments: String...) async throws -> Ended {
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let process = Process()
        process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("campaignctl")
        process.arguments = arguments
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let outputText = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let errorText = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Ended(status: process.terminationStatus, output: outputText, error: errorText)
    }

    @Test func `without a daemon it ends with 69 and says how to start one`() async throws {
        let ended = try await campaignctl("status", "--socket", "/tmp/no-daemon-here.sock")
        #expect(ended.status == 69)
        #expect(ended.output == "")
        #expect(
            ended.error
                == "campaignctl: There is no daemon at /tmp/no-daemon-here.sock. Start it with `campaignd --socket "
                + "/tmp/no-daemon-here.sock`, or name another socket with --socket or CAMPAIGN_LEDGER_SOCKET.\n")
    }

    @Test func `a problem ends with 1`() async throws {
        let problem = String(
            decoding: try WireCoding.encode(ProblemDetails(.influencerNotFound, detail: "Nobody.")), as: UTF8.self)
        let daemon = try await StubDaemon { _ in .problem(status: 404, problem) }
        let ended = try await campaignctl("trust", "nobody", "--socket", daemon.socketPath)
        #expect(ended.status == 1)
        #expect(ended.error.contains("[influencerNotFound]"))
        try await daemon.stop()
    }

    @Test func `a wrong command line ends with 64`() async throws {
        #expect(try await campaignctl("influencers", "--limit", "0").status == 64)
        #expect(try await campaignctl("nonsense").status == 64)
        #expect(try await campaignctl("post").status == 64)
        #expect(try await campaignctl("simulate", "--from", "yesterday").status == 64)
    }

    @Test func `a missing file ends with 66`() async throws {
        let ended = try await campaignctl("post", "/tmp/no-such-file.ndjson")
        #expect(ended.status == 66)
        #expect(ended.error.contains("Cannot open /tmp/no-such-file.ndjson: No such file or directory."))
    }

    @Test func `help and version end with 0`() async throws {
        #expect(try await campaignctl("--help").status == 0)
        #expect(try await campaignctl("--version").status == 0)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completions are made for a shell`(shell: String) async throws {
        let ended = try await campaignctl("--generate-completion-script", shell)
        #expect(ended.status == 0)
        #expect(ended.output.contains("campaignctl"))
    }

    @Test func `simulate writes exactly as many events as asked for, to a file or standard output`() async throws {
        let directory = try StubDaemon.makeDirectory()
        let file = directory + "/out.ndjson"
        let printed = try await campaignctl("simulate", "--events", "300", "--influencers", "20", "--seed", "4")
        #expect(printed.status == 0)
        #expect(printed.output.split(separator: "\n").count == 300)
        #expect(printed.error.hasPrefix("300 events in "))
        let written = try await campaignctl(
            "simulate", "--events", "300", "--influencers", "20", "--seed", "4", "--out", file, "--quiet")
        #expect(written.status == 0)
        #expect(written.error == "")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `errors have the exit status that the help says`() {
        #expect(Main.failure(for: LedgerClientError.cancelled)?.status == .interrupted)
        #expect(Main.failure(for: CancellationError())?.status == .interrupted)
        #expect(Main.failure(for: LedgerClientError.timedOut(seconds: 5))?.status == .unavailable)
        #expect(Main.failure(for: LedgerClientError.connectionLost("x"))?.status == .unavailable)
        #expect(Main.failure(for: LedgerClientError.unexpectedAnswer(status: 200, "x"))?.status == .refused)
        #expect(Main.failure(for: ValidationError("x")) == nil)
    }
}
