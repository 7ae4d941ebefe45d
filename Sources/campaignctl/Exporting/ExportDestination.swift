import FoundationEssentials

/// Where an export of text goes.
enum ExportDestination {
    case file(OutputFile)
    case standardOutput(Console)

    func write(_ bytes: [UInt8]) throws {
        switch self {
        case .file(let file): try file.write(Data(bytes))
        case .standardOutput(let console) where console.outputIsTerminal:
            // To look at only: nothing in it may steer the terminal.
            let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            try console.write(lines.map { TerminalText.escape(String($0)) }.joined(separator: "\n"))
        case .standardOutput(let console): try console.writeOutput(Data(bytes))
        }
    }

    /// The file stands there whole from now on.
    func commit() throws {
        if case .file(let file) = self { try file.commit() }
    }
}
