import Foundation
import Glibc
import Testing

extension SystemSuite {
    /// `top` on a terminal, with the real daemon.
    @Suite("top")
    struct TopTests {
        @Test("It draws on a terminal, outlives the daemon, and q gives the terminal back", .timeLimit(.minutes(1)))
        func terminal() async throws {
            let shown = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                _ = try daemon.client().post(Programme.events(300, seed: 41))
                let terminal = try PseudoTerminal(columns: 100, rows: 40)
                let top = try ChildProcess(
                    Places.program("campaignctl"), ["top", "--interval", "1", "--socket", daemon.socketPath],
                    environment: Subprocess.environment().merging(["TERM": "xterm"]) { $1 }, folder: folder.path,
                    input: terminal.path, outputPath: terminal.path, errorsPath: "\(folder.path)/top.err")
                let before = terminal.settings
                try terminal.read(until: "head 300", seconds: 15)
                try terminal.read(until: "0.0 events/s", seconds: 15)
                try require(terminal.settings != before, "keys wait for a line's end")
                try daemon.stop()
                try terminal.read(until: daemon.socketPath, seconds: 15)
                let next = try DaemonProcess(folder.path)
                _ = try next.client().post(Programme.events(100, seed: 42))
                try terminal.read(until: "head 400", seconds: 15)
                terminal.press("q")
                let status = try top.waitForEnd(seconds: 10)
                try require(status == 0, "q ends it with \(status): \(Files.text("\(folder.path)/top.err"))")
                try terminal.read(until: "\u{1B}[?1049l", seconds: 5)
                try require(terminal.settings == before, "the terminal is not as it was")
                try next.stop()
                return terminal.shown
            }
            #expect(shown.hasPrefix("\u{1B}[?1049h\u{1B}[?25l"))
            #expect(shown.contains("read model") && shown.contains("log map"))
        }
    }
}

/// A terminal that a test looks at.
final class PseudoTerminal: @unchecked Sendable {
    // Sendable: used by one thread at a time.
    let path: String
    private let descriptor: Int32
    private(set) var shown = ""
    private var seen = 0

    init(columns: UInt16, rows: UInt16) throws {
        descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN, which are macros of more than a number.
        var lock: Int32 = 0
        var number: Int32 = 0
        try require(
            descriptor >= 0 && ioctl(descriptor, 0x4004_5431, &lock) == 0
                && ioctl(descriptor, 0x8004_5430, &number) == 0, "no terminal: errno \(errno)")
        path = "/dev/pts/\(number)"
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        try require(ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0, "the terminal has no size")
        // Some end has to stay open, or the terminal is hung up between two programs.
        keeper = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    }

    private let keeper: Int32

    deinit {
        close(keeper)
        close(descriptor)
    }

    /// Whether lines are edited and keys are echoed.
    var settings: UInt32 {
        var settings = termios()
        return tcgetattr(keeper, &settings) == 0 ? settings.c_lflag & UInt32(ICANON | ECHO) : .max
    }

    func press(_ key: String) {
        _ = write(descriptor, key, key.utf8.count)
    }

    /// Reads what is drawn until a text comes that was not there at the last call.
    func read(until text: String, seconds: Double) throws {
        let end = Date().addingTimeInterval(seconds)
        while true {
            let rest = shown.dropFirst(seen)
            if let found = rest.range(of: text) {
                seen = shown.distance(from: shown.startIndex, to: found.upperBound)
                return
            }
            guard Date() < end else {
                throw SystemFailure("the terminal does not show \(text) but \(rest.suffix(3_000))")
            }
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 100) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 { shown += String(decoding: buffer[..<count], as: UTF8.self) }
        }
    }
}
