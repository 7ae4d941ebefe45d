/// Commands to be shown for pasting into a shell.
enum Shell {
    /// An argument as a shell takes it: as it is if it is harmless, else in single quotes. What could steer a terminal
    /// is made visible, so such an argument is to be read, not pasted.
    static func quote(_ argument: String) -> String {
        let isPlain =
            !argument.isEmpty
            && argument.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, 43, 44, 45, 46, 47, 58, 61, 64, 95: true
                default: false
                }
            }
        let safe = TerminalText.escape(argument)
        return isPlain
            ? safe
            : "'"
                + safe.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }
}
