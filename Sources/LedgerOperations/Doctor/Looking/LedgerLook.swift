import CampaignDomain
import EventLog
import Glibc
import LedgerEngine
import LedgerStore

/// Looks at the ledger in a data directory without its daemon, or beside it.
enum LedgerLook {
    /// - Parameter isServed: the read models are the daemon's to speak of.
    static func ledger(_ path: String, isServed: Bool) -> Look<LedgerGlance> {
        do throws(StoreError) {
            guard try FileSystem.names(in: path) != nil else { return .absent }
            let source = try LedgerSource.open(path: path)
            defer { source.close() }
            let head = source.log.head
            let newest = try source.log.withRecord(at: head) { Instant(microseconds: $0.recordedTimeMicroseconds) }
            return .seen(
                LedgerGlance(
                    identity: source.marker.identity, head: head, newestRecorded: newest,
                    folds: isServed ? [] : try folds(path)))
        } catch {
            if case .system(_, _, let code) = error { return .unseen(FileText.sentence(code)) }
            return .seen(
                LedgerGlance(
                    identity: nil, head: nil, newestRecorded: nil,
                    fault: LedgerFault(text: error.message, advice: "\(error.advice).")))
        }
    }

    private static func folds(_ path: String) throws(StoreError) -> [FoldGlance] {
        let views = try FoldLook.read("\(path)/views")
        let index = try FoldLook.read("\(path)/index")
        return [
            FoldGlance(
                name: "views", version: views?.version, versionWritten: ReadModelVersions.written,
                versionsReadable: ReadModelVersions.readable, position: views?.position),
            FoldGlance(
                name: "index", version: index?.version, versionWritten: FoldLook.indexVersion,
                versionsReadable: [FoldLook.indexVersion], position: index?.position),
        ]
    }

    static func lastBackup(_ path: String, ageSecondsMax: Int64) -> Look<BackupGlance> {
        do throws(StoreError) {
            guard let last = try LastBackup.read(directory: path) else { return .absent }
            return .seen(
                BackupGlance(
                    made: Instant(microseconds: last.seconds * 1_000_000), position: last.position, path: last.path,
                    ageSecondsMax: ageSecondsMax))
        } catch { return .unseen(error.message) }
    }

    static func isUnverified(_ path: String) -> Look<Bool> {
        do throws(StoreError) {
            return .seen(try UnverifiedMark.isSet(path))
        } catch { return .unseen(error.message) }
    }
}

/// What errno means, as a clause.
enum FileText {
    static func sentence(_ code: Int32) -> String { String(cString: strerror(code)) }
}
