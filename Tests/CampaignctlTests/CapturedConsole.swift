import Foundation
import Synchronization

@testable import campaignctl

/// A console that keeps what is written.
final class CapturedConsole: Sendable {
    private let texts = Mutex<(output: String, error: String)>(("", ""))

    var output: String { texts.withLock { $0.output } }
    var error: String { texts.withLock { $0.error } }

    func console(isTerminal: Bool = false) -> Console {
        Console(
            outputIsTerminal: isTerminal, errorIsTerminal: isTerminal, outputStyle: .plain, errorStyle: .plain,
            writeOutput: { bytes in
                self.texts.withLock { $0.output += String(decoding: bytes, as: UTF8.self) }
            },
            writeError: { bytes in
                self.texts.withLock { $0.error += String(decoding: bytes, as: UTF8.self) }
            })
    }
}
