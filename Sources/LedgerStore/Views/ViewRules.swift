internal import EventLog
internal import Glibc

/// Byte order of two keys: negative, zero or positive. A key sorts before those it begins.
@inline(__always)
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
    static func check(_ pieces: some ViewPieces, position: Position, present: Position) throws(StoreError) {
        guard position > present || position == present && pieces.count == 0 else {
            throw .invalidRequest("a checkpoint of the views at \(position) does not follow their position \(present)")
        }
        var previous: UnsafeRawBufferPointer?
        var totalBytes = 0
        for index in 0..<pieces.count {
            let key = pieces.key(at: index)
            let sizeBytes = pieces.sizeBytes(at: index)
            guard (1...ViewLimits.keySizeBytesMax).contains(key.count) else {
                throw .invalidRequest(
                    "a row's key has \(key.count) bytes, allowed are 1 to \(ViewLimits.keySizeBytesMax)")
            }
            guard (0...ViewLimits.pieceSizeBytesMax).contains(sizeBytes) else {
                throw .invalidRequest(
                    "a row's piece has \(sizeBytes) bytes, allowed are 0 to \(ViewLimits.pieceSizeBytesMax)")
            }
            if let previous, compareKeys(previous, key) > 0 {
                throw .invalidRequest("the rows of a checkpoint are not in ascending order of their keys")
            }
            previous = key
            totalBytes += key.count + sizeBytes
        }
        guard totalBytes <= ViewLimits.checkpointSizeBytesMax else {
            throw .invalidRequest(
                "a checkpoint has \(totalBytes) bytes, allowed are \(ViewLimits.checkpointSizeBytesMax)")
        }
    }
}
