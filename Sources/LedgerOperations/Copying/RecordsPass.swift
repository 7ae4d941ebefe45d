import EventLog
import LedgerEngine
import LedgerStore

/// Reads a log's records from the first on: each has to be where it belongs, with the bytes its checksum says.
struct RecordsPass {
    let log: any LogStorage

    /// What was found out.
    struct Result {
        /// Of all records that were read.
        var sha256: String
        /// Of the records up to each of the positions asked for, by position.
        var digests: [UInt64: String] = [:]
    }

    /// - Parameter noted: positions up to which the digest is wanted too.
    func run(
        through last: Position, noting noted: Set<UInt64> = [], watch: OperationWatch
    ) throws(OperationFault) -> Result {
        var digest = RecordsDigest()
        var result = Result(sha256: "")
        while digest.count < last.rawValue {
            let limit = min(LMDBLogStorage.pageRecords, Int(last.rawValue - digest.count))
            _ = try stored { () throws(StoreError) in
                try log.read(from: Position(digest.count + 1), limit: limit) { position, record in
                    digest.add(record)
                    if noted.contains(position.rawValue) { result.digests[position.rawValue] = digest.sha256 }
                    return .proceed
                }
            }
            try watch.pass(OperationState(.check, done: digest.count, total: last.rawValue, events: digest.count))
        }
        result.sha256 = digest.sha256
        if noted.contains(0) { result.digests[0] = RecordsDigest().sha256 }
        return result
    }
}
