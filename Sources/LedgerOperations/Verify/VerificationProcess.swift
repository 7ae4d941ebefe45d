import Glibc
package import LedgerEngine
import LedgerStore

/// Verifies in a process of its own, which may die of what it reads: LMDB has no checksums and ends the process where the
/// pages of its tree are not what was written. Then it is known in which file, and that is what is said.
package struct VerificationProcess {
    private let verification: OfflineVerification
    private let program: String
    private let arguments: [String]

    /// - Parameter program: what calls `serve` when it is run with `arguments`: this program, again.
    package init(_ verification: OfflineVerification, program: String, arguments: [String]) {
        self.verification = verification
        (self.program, self.arguments) = (program, arguments)
    }

    /// - Parameter onMessage: called with each finding and remark as it comes, by the thread that called this.
    package func run(
        watch: OperationWatch, onMessage: (VerificationMessage) throws -> Void
    ) throws -> End {
        var child = try MessageChild(program, arguments)
        var place: VerificationMessage.Place?
        var end: VerificationMessage?
        var lastWords = ""
        var isCalledOff = false
        // Also when writing what was found fails, since whoever reads it has gone.
        defer { child.end() }
        while let lines = try child.lines(waitingMilliseconds: 100) {
            for line in lines {
                switch VerificationMessage(line: line) {
                case .at(let now):
                    place = now
                    watch.report(now.state)
                case .found(let finding): try onMessage(.found(finding))
                case .remark(let text): try onMessage(.remark(text))
                case let message?: end = message
                case nil: lastWords = String(decoding: line.prefix(Self.lastWordsMax), as: UTF8.self)
                }
            }
            if watch.isCancelled(), !isCalledOff {
                isCalledOff = true
                child.signal(SIGTERM)
            }
        }
        return try conclude(child.waitForEnd(), end, place, lastWords, isCalledOff: isCalledOff)
    }

    private static let lastWordsMax = 300
}

extension VerificationProcess {
    /// How the process that read ended.
    package enum End: Sendable, Equatable {
        case ended(VerificationResult, findings: Int)
        /// Reading a file ended it.
        case died(ReplayFinding)
    }

    /// Signals that damage leads to.
    private static let ofDamage: [Int32: String] = [
        SIGBUS: "SIGBUS", SIGSEGV: "SIGSEGV", SIGABRT: "SIGABRT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGFPE: "SIGFPE",
    ]

    private func conclude(
        _ status: Int32, _ end: VerificationMessage?, _ place: VerificationMessage.Place?, _ lastWords: String,
        isCalledOff: Bool
    ) throws(OperationFault) -> End {
        switch end {
        case .ended(let end): return .ended(end.result, findings: end.findings)
        case .failed(let text): throw .failed(text)
        case .cancelled(let text): throw .cancelled(text)
        default: break
        }
        // It could not do this itself.
        for name in ["views", "index"] { try? FileSystem.removeDirectory("\(verification.workDirectory)/\(name)") }
        try? FileSystem.removeDirectory(verification.workDirectory)
        // At a terminal Ctrl-C comes to both: told twice, it ended at once.
        if isCalledOff { throw .cancelled("Nothing of \(verification.directory) was changed.") }
        let signal = status & 0x7F
        guard let name = Self.ofDamage[signal] else {
            throw .failed(
                signal == 0
                    ? "The process that reads ended with status \(status >> 8 & 0xFF) and no word. \(lastWords)"
                    : "The process that reads was ended by signal \(signal): by somebody, or for want of memory. "
                        + "Nothing of \(verification.directory) was changed.")
        }
        return .died(finding(name, place, lastWords, isOfProgram: [SIGILL, SIGTRAP, SIGFPE].contains(signal)))
    }

    private func finding(
        _ signal: String, _ place: VerificationMessage.Place?, _ lastWords: String, isOfProgram: Bool
    ) -> ReplayFinding {
        let folder = ReplayFinding.Place(rawValue: place?.place ?? "") ?? .log
        let far = place.map { $0.total > 0 ? ", after about \($0.done) of \($0.total) events" : "" } ?? ""
        let said = lastWords.isEmpty ? "" : " (\(lastWords))"
        let advice =
            folder == .log
            ? "Restore a backup: campaignctl restore."
            : "Delete the directory \(folder.rawValue)/: the next start of its daemon builds it anew from the log."
        return ReplayFinding(
            folder, .damaged,
            "reading \(verification.directory)/\(folder.rawValue)/data.mdb ended with \(signal)\(far)\(said): pages of the "
                + "file are not what was written\(isOfProgram ? ", or this program has a fault" : ""). \(advice)")
    }
}

extension OfflineVerification {
    /// What the process that reads does: verifies, and writes messages to a descriptor.
    ///
    /// - Parameter isCancelled: asked every few milliseconds.
    package func serve(descriptor: Int32, isCancelled: @escaping () -> Bool) {
        // Without a reader nobody wants to know.
        var isAlone = false
        func tell(_ message: VerificationMessage) {
            let line = message.line
            var written = 0
            while written < line.count, !isAlone {
                let count = line[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 { written += count } else if errno != EINTR { isAlone = true }
            }
        }
        do throws(OperationFault) {
            let outcome = try run(isCancelled: { isAlone || isCancelled() }, tell: tell)
            tell(.ended(VerificationMessage.End(outcome.result, findings: outcome.findingCount)))
        } catch {
            switch error {
            case .failed(let text): tell(.failed(text))
            case .cancelled(let text): tell(.cancelled(text))
            }
        }
    }
}
