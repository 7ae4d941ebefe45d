import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where a command writes: answers to standard output, everything else to standard error.
struct Console: Sendable {
    let writeOutput: @Sendable (Data) throws -> Void
    let writeError: @Sendable (Data) -> Void
    let outputIsTerminal: Bool
    let errorIsTerminal: Bool
    let outputStyle: Style
    let errorStyle: Style

    init(
        outputIsTerminal: Bool, errorIsTerminal: Bool, outputStyle: Style, errorStyle: Style,
        writeOutput: @escaping @Sendable (Data) throws -> Void, writeError: @escaping @Sendable (Data) -> Void
    ) {
        self.outputIsTerminal = outputIsTerminal
        self.errorIsTerminal = errorIsTerminal
        self.outputStyle = outputStyle
        self.errorStyle = errorStyle
        self.writeOutput = writeOutput
        self.writeError = writeError
    }

    /// The console of this process.
    static func standard() -> Console {
        let outputIsTerminal = isatty(STDOUT_FILENO) == 1
        let errorIsTerminal = isatty(STDERR_FILENO) == 1
        return Console(
            outputIsTerminal: outputIsTerminal, errorIsTerminal: errorIsTerminal,
            outputStyle: Style(
                isTerminal: outputIsTerminal,
                terminalColumns: outputIsTerminal ? FileDescriptor.terminalColumns(STDOUT_FILENO) : nil,
                environment: Environment.value),
            errorStyle: Style(
                isTerminal: errorIsTerminal,
                terminalColumns: errorIsTerminal ? FileDescriptor.terminalColumns(STDERR_FILENO) : nil,
                environment: Environment.value),
            writeOutput: { try FileDescriptor.write($0, to: STDOUT_FILENO, name: "standard output") },
            writeError: { try? FileDescriptor.write($0, to: STDERR_FILENO, name: "standard error") })
    }

    func write(_ text: String) throws {
        try writeOutput(Data(text.utf8))
    }

    func note(_ text: String) {
        writeError(Data(text.utf8))
    }

    /// JSON as the daemon gave it, ended with one LF. On a terminal what could steer it is escaped, which leaves the
    /// values as they are.
    func write(json: Data) throws {
        var line = outputIsTerminal ? Data(TerminalText.escapeJSON(String(decoding: json, as: UTF8.self)).utf8) : json
        if line.last != 10 {
            line.append(10)
        }
        try writeOutput(line)
    }
}

/// The process's environment variables.
enum Environment {
    static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
