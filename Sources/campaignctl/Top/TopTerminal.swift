import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The terminal while `top` has it: its second screen, no cursor, keys as they are pressed. Given back as it was, also
/// when the process is told to end at once.
enum TopTerminal {
    private static let before = Mutex<termios?>(nil)
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l"
    private static let leave = "\u{1B}[?25h\u{1B}[?1049l"

    /// Takes the terminal. Ctrl-C still sends its signal.
    static func take(_ console: Console) throws {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return try console.write(enter) }
        before.withLock { $0 = settings }
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        atexit { TopTerminal.restore() }
        try console.write(enter)
    }

    static func giveBack(_ console: Console) {
        restore()
        try? console.write(leave)
    }

    private static func restore() {
        before.withLock { settings in
            guard var kept = settings else { return }
            tcsetattr(STDIN_FILENO, TCSANOW, &kept)
            settings = nil
        }
    }

    /// The screen in place of the one before; what is longer than the terminal is cut off.
    static func frame(_ text: String, rows: Int?) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let shown = rows.map { lines.prefix(max(1, $0)) } ?? lines[...]
        return "\u{1B}[H" + shown.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J"
    }

    /// Whether a key asks to leave, within so many milliseconds; also if nobody can press one any more.
    static func isAskedToLeave(within milliseconds: Int64) -> Bool {
        guard FileDescriptor.isReadable(STDIN_FILENO, within: Int32(clamping: milliseconds)) else { return false }
        guard let keys = try? FileDescriptor.read(STDIN_FILENO, capacity: 64, name: "the terminal") else { return true }
        return keys.isEmpty || keys.contains { "qQ".utf8.contains($0) }
    }

    static func rows() -> Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
        return Int(size.ws_row)
    }
}
