import CampaignDomain
import EventLog
import LedgerStore

/// Looks in a snapshot of rows for the newest fact: each event makes one, so it must be the one of the rows' position.
enum NewestFact {
    /// - Returns: nil if a row cannot be read, which the comparison names.
    static func position(in snapshot: any ViewSnapshot, _ progress: ReplayProgress) throws -> Position? {
        var newest: UInt64 = 0
        var meter = ReplayMeter(progress)
        var fault: ReplayFault?
        do throws(StoreError) {
            try withUnsafeBytes(of: UInt8(0)) { (first) throws(StoreError) in
                try snapshot.scanRows(from: first) { row in
                    newest = max(newest, newestPosition(in: row.value))
                    do throws(ReplayFault) {
                        try meter.pause()
                        return .proceed
                    } catch {
                        fault = error
                        return .stop
                    }
                }
            }
        } catch {
            guard case .corruptFold = error else { throw error }
            return nil
        }
        if let fault { throw fault }
        return Position(newest)
    }

    // The bytes may be anything that somebody else wrote: a length that leads beyond the row ends the walk.
    private static func newestPosition(in value: UnsafeRawBufferPointer) -> UInt64 {
        var newest: UInt64 = 0
        var offset = 0
        while let base = value.baseAddress, offset + FactFormat.headerBytes <= value.count {
            let fact = base + offset
            let length = FactFormat.length(at: fact)
            guard length >= FactFormat.headerBytes, offset + length <= value.count else { break }
            newest = max(newest, FactFormat.position(at: fact).rawValue)
            offset += length
        }
        return newest
    }
}
