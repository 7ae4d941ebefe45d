import CampaignCoding
import EventLog
import Glibc
package import LedgerEngine
import LedgerStore

/// Records the events of an export into a ledger that no daemon has open.
package struct Import {
    /// The data directory.
    let target: String
    let isAppending: Bool
    /// For messages.
    let file: String
    /// The file's size in bytes; nil if nobody knows.
    let sizeBytes: UInt64?

    package init(target: String, isAppending: Bool, file: String, sizeBytes: UInt64?) {
        self.target = target
        self.isAppending = isAppending
        self.file = file
        self.sizeBytes = sizeBytes
    }

    package struct Result: Sendable {
        package let totals: LedgerImporter.Totals
        package let head: UInt64
        /// Of all records of the ledger.
        package let recordsSha256: String
    }

    /// - Parameter read: some next bytes of the file; none at its end.
    /// - Throws: a sentence that names the line at fault, and how far the ledger has come.
    package func run(
        watch: OperationWatch, read: () throws(OperationFault) -> [UInt8]
    ) throws(OperationFault) -> Result {
        let importer = try open()
        defer { importer.close() }
        do throws(OperationFault) {
            try record(importer, watch, read)
        } catch {
            throw error.adding(remains(importer))
        }
        let check: RecordsPass.Result
        do throws(OperationFault) {
            check = try RecordsPass(log: importer.log).run(through: importer.head, watch: watch)
        } catch {
            throw error.adding("All events of \(file) are recorded in \(target), up to \(importer.head).")
        }
        return Result(totals: importer.totals, head: importer.head.rawValue, recordsSha256: check.sha256)
    }

    private func open() throws(OperationFault) -> LedgerImporter {
        do throws(ImportFault) {
            return try LedgerImporter.open(
                directory: target, isAppending: isAppending, uid: getuid(), userName: DefaultPolicies.ownUserName())
        } catch {
            switch error {
            case .notEmpty(let head):
                throw .failed(
                    "\(target) holds a ledger with events up to \(head). Name an absent or empty directory, or add the "
                        + "events that it does not have with --append.")
            case .storage(let fault): throw OperationFault(fault)
            case .event(_, let reason), .lines(let reason): throw .failed(reason)
            }
        }
    }

    private func record(
        _ importer: LedgerImporter, _ watch: OperationWatch, _ read: () throws(OperationFault) -> [UInt8]
    ) throws(OperationFault) {
        var lines = ImportLines()
        var isAtEnd = false
        while !isAtEnd {
            let bytes = try read()
            isAtEnd = bytes.isEmpty
            lines.add(bytes)
            while let chunk = lines.next(isAtEnd: isAtEnd) {
                try record(chunk, importer)
                let events = UInt64(importer.totals.recorded + importer.totals.repeats)
                try watch.pass(
                    OperationState(
                        .import, done: sizeBytes == nil ? events : lines.takenBytes, total: sizeBytes, events: events))
            }
            guard lines.waitingBytes <= CodingLimits.exportedEventSizeBytesMax + ImportLines.chunkBytes else {
                throw .failed("Line \(lines.takenLines + 1) of \(file) is longer than an event can be.")
            }
        }
    }

    private func record(_ chunk: ImportLines.Chunk, _ importer: LedgerImporter) throws(OperationFault) {
        var failure: ImportFault?
        chunk.bytes.withUnsafeBytes { bytes in
            do throws(ImportFault) {
                try importer.record(
                    UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - CodingLimits.paddingSizeBytes)]))
            } catch {
                failure = error
            }
        }
        switch failure {
        case nil: return
        case .event(let index, let reason):
            let line = index < chunk.lineNumbers.count ? chunk.lineNumbers[index] : 0
            throw .failed("Line \(line) of \(file): \(reason).")
        case .lines(let reason):
            throw .failed("Lines \(chunk.lineNumbers.first ?? 0) and following of \(file): \(reason).")
        case .storage(let error): throw OperationFault(error)
        case .notEmpty(let head): throw .failed("The ledger ends at \(head).")
        }
    }

    /// The sentence that says how far the ledger has come.
    private func remains(_ importer: LedgerImporter) -> String {
        let recorded = importer.totals.recorded
        if recorded == 0 { return "Nothing of \(file) was recorded; \(target) ends at \(importer.head)." }
        return "\(recorded) events of \(file) were recorded before it; \(target) is sound and ends at "
            + "\(importer.head). Import the same file again with --append to go on."
    }
}
