import FoundationEssentials
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
    private struct State {
        var isTaken = false
        /// As they were; nil if keys do not come from a terminal.
        var settings: termios?
    }

    private static let state = Mutex(State())
    private static let enter = "\u{1B}[?1049h\u{1B}[?25l"
    private static let leave = "\u{1B}[?25h\u{1B}[?1049l"

    /// Takes the terminal. Ctrl-C still sends its signal.
    static func take(_ console: Console) throws {
        var settings = termios()
        let hasKeys = tcgetattr(STDIN_FILENO, &settings) == 0
        let before = hasKeys ? settings : nil
        state.withLock { $0 = State(isTaken: true, settings: before) }
        atexit { TopTerminal.giveBack() }
        if hasKeys {
            settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
        try console.write(enter)
    }

    /// Gives it back as it was; a second call does nothing.
    static func giveBack() {
        state.withLock { state in
            guard state.isTaken else { return }
            state.isTaken = false
            try? FileDescriptor.write(Data(leave.utf8), to: STDOUT_FILENO, name: "the terminal")
            if var kept = state.settings { tcsetattr(STDIN_FILENO, TCSANOW, &kept) }
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
