internal import EventLog
internal import Glibc

/// Byte order of two keys: negative, zero or positive. A key sorts before those it begins.
func compareKeys(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress {
        let order = memcmp(leftStart, rightStart, shared)
        if order != 0 { return Int(order) }
    }
    return left.count - right.count
}

/// What every `ViewStorage` asks of a checkpoint.
enum ViewRules {
    static func check(
        rows: some Collection<RowReference>, position: Position, present: Position
    ) throws(StoreError) {
        guard position >= present else {
            throw .invalidRequest("a checkpoint of the views at \(position) lies before their position \(present)")
        }
        var previous: UnsafeRawBufferPointer?
        for row in rows {
            guard (1...ViewLimits.keySizeBytesMax).contains(row.key.count) else {
                throw .invalidRequest(
                    "a row's key has \(row.key.count) bytes, allowed are 1 to \(ViewLimits.keySizeBytesMax)")
            }
            if let previous, compareKeys(previous, row.key) >= 0 {
                throw .invalidRequest("the rows of a checkpoint are not in ascending order of their keys")
            }
            previous = row.key
        }
    }
}
