import Crypto
import LedgerStore

/// The digest that `ViewsDigest` is, taken at a replay's pace.
struct RowDigest {
    private(set) var rows: UInt64 = 0
    let sha256: String

    private static let rowsPerPause: UInt64 = 256

    init(_ snapshot: any ViewSnapshot, _ progress: ReplayProgress) throws {
        var hash = SHA256()
        var rows: UInt64 = 0
        var meter = ReplayMeter(progress)
        var fault: ReplayFault?
        try withUnsafeBytes(of: UInt8(0)) { (first) throws(StoreError) in
            try snapshot.scanRows(from: first) { row in
                ViewsDigest.update(&hash, row)
                rows += 1
                guard rows % Self.rowsPerPause == 0 else { return .proceed }
                do throws(ReplayFault) {
                    try meter.pause()
                    return .proceed
                } catch {
                    fault = error
                    return .stop
                }
            }
        }
        if let fault { throw fault }
        self.rows = rows
        sha256 = ViewsDigest.text(hash)
    }
}
