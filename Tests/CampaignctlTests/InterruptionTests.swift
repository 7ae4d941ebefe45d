import Foundation
import StubDaemon
import Testing

@testable import campaignctl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The program as a process that is asked to end while it exports.
@Suite struct InterruptionTests {
    /// An export whose file has been begun.
    private final class Export {
        let folder: String
        let process = Process()

        init(_ options: [String], socket: String, standardError: FileHandle = .nullDevice) throws {
            folder = try StubDaemon.makeDirectory()
            // Whoever starts the tests with nohup hands its ignoring of SIGHUP down.
            signal(SIGHUP, SIG_DFL)
            let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("campaignctl")
            process.arguments = ["export", "--out", "\(folder)/out", "--socket", socket] + options
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = standardError
            try process.run()
        }

        deinit {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            try? FileManager.default.removeItem(atPath: folder)
        }

        var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

        func send(_ number: Int32) {
            kill(process.processIdentifier, number)
        }

        /// Waits until something is so, for ten seconds.
        func wait(_ what: Comment, until isSo: () -> Bool) async throws {
            for _ in 0..<500 {
                if isSo() { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            Issue.record(what)
        }

        func end() async throws -> Int32? {
            try await wait("it does not end") { !process.isRunning }
            guard !process.isRunning, process.terminationReason == .exit else { return nil }
            return process.terminationStatus
        }
    }

    @Test(arguments: [SIGINT, SIGHUP, SIGTERM])
    func `a request to end is heeded, and leaves no file`(number: Int32) async throws {
        let daemon = try await StubDaemon { _ in .silence }
        let export = try Export(["--format", "csv"], socket: daemon.socketPath)
        try await export.wait("no request was made") { !daemon.requests.isEmpty }
        #expect(export.files.count { $0.hasSuffix(".partial") } == 1)
        export.send(number)
        #expect(try await export.end() == 128 + number)
        #expect(export.files == [])
        try await daemon.stop()
    }

    @Test func `a second request ends what does not heed the first, and leaves no file`() async throws {
        let daemon = try await StubDaemon { _ in .silence }
        // Nobody reads its standard error, which is full: it waits there and cannot look up.
        let errors = Pipe()
        let descriptor = errors.fileHandleForWriting.fileDescriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        let blanks = [UInt8](repeating: 32, count: 4_096)
        while write(descriptor, blanks, blanks.count) > 0 {}
        while write(descriptor, blanks, 1) > 0 {}
        _ = fcntl(descriptor, F_SETFL, flags)
        let export = try Export(
            ["--format", "ndjson", "--influencer", "ada"], socket: daemon.socketPath,
            standardError: errors.fileHandleForWriting)
        try await export.wait("no file was begun") { export.files.contains { $0.hasSuffix(".partial") } }
        try await Task.sleep(for: .milliseconds(300))
        export.send(SIGINT)
        try await Task.sleep(for: .milliseconds(500))
        #expect(export.process.isRunning && export.files.count == 1)
        export.send(SIGINT)
        #expect(try await export.end() == 130)
        #expect(export.files == [])
        #expect(daemon.requests.isEmpty)
        try errors.fileHandleForReading.close()
        try await daemon.stop()
    }
}
