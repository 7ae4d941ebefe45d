internal import EventLog

extension Refusal {
    /// What is wrong.
    package var message: String {
        switch self {
        case .noLedger: "it holds no ledger: the marker LEDGER is not there"
        case .isBackup: "it is a backup, not a ledger to be written to"
        case .restoreUnfinished: "a restore into it did not finish"
        case .foreignFiles(let names): "it holds \(names.joined(separator: ", ")), but neither a marker nor a log"
        case .logMissing: "the marker LEDGER is there, but log/ is not"
        case .markerMissing: "log/ is there, but the marker LEDGER is not"
        case .markerUnreadable(let reason): "the marker LEDGER cannot be read: \(reason)"
        case .markerNewer(let format, let known): "the marker LEDGER has format \(format), this program knows \(known)"
        case .logEmpty: "log/data.mdb has no bytes"
        case .logTruncated(let sizeBytes, let neededBytes):
            "log/data.mdb is cut off: it has \(sizeBytes) bytes and needs \(neededBytes)"
        case .logForeign(let reason): "log/data.mdb is no LMDB file: \(reason)"
        case .logUnreadable(let reason): "log/data.mdb cannot be read: \(reason)"
        case .logBehindMarker(let head, let noted): "the log ends at \(head), but head \(noted) was noted in LEDGER"
        case .logOfAnotherLedger(let position, let noted, let found):
            "the record at \(position) has checksum \(hexadecimal(found)), but \(hexadecimal(noted)) was noted in LEDGER"
        case .recordsNewer(let format, let known): "its records have format \(format), this program knows \(known)"
        case .logDamaged(let position, let reason): "the record at position \(position) is damaged: \(reason)"
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .noLedger: "Name the directory of a ledger or of a finished backup"
        case .isBackup: "Restore it into an empty directory with: campaignctl restore BACKUP DIR"
        case .restoreUnfinished: "Restore again into the same directory with: campaignctl restore BACKUP DIR"
        case .foreignFiles: "Name an empty or absent directory for a first start, or the directory of a ledger"
        case .markerNewer, .recordsNewer: "Start the newer program that wrote it"
        case .logMissing, .markerMissing, .markerUnreadable:
            "Restore the whole directory from one backup; to begin a new ledger name an empty directory"
        case .logEmpty, .logTruncated, .logForeign, .logUnreadable, .logDamaged:
            "Keep a copy of the directory, then restore log/ and LEDGER from one backup"
        case .logBehindMarker, .logOfAnotherLedger:
            "An older or another ledger's log was put here: put back the newest log/, or log/ and LEDGER of one backup"
        }
    }
}
