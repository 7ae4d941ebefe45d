import EventLog
import LedgerStore

/// The rows that a checkpoint puts: the overlay's facts joined with the rows that `views/` has, in key order.
struct CheckpointRows {
    /// Keys and values one after another.
    private var bytes: [UInt8] = []
    private var ranges: [(key: Range<Int>, value: Range<Int>)] = []

    init(_ overlay: Overlay, views: any ViewStorage) throws(StoreError) {
        let snapshot = try views.beginRead()
        defer { snapshot.end() }
        let order = overlay.entries.indices.sorted { left, right in
            overlay.key(of: overlay.entries[left]).isLess(than: overlay.key(of: overlay.entries[right]))
        }
        bytes.reserveCapacity(overlay.byteCount * 2)
        ranges.reserveCapacity(order.count)
        for index in order {
            let entry = overlay.entries[index]
            let key = overlay.key(of: entry)
            if entry.firstBlock == 0 {
                add(key: key, value: [])
            } else {
                try add(entry, of: overlay, key: key, snapshot: snapshot)
            }
        }
    }

    private mutating func add(
        _ entry: Overlay.Entry, of overlay: Overlay, key: UnsafeRawBufferPointer, snapshot: any ViewSnapshot
    ) throws(StoreError) {
        let row: Result<[UInt8], StoreError>? = try snapshot.withValue(for: key) { value in
            do throws(StoreError) {
                return .success(Array(try RowSeal.facts(of: RowReference(key: key, value: value))))
            } catch {
                return .failure(error)
            }
        }
        var merge = RowMerge(row: try row?.get() ?? [])
        overlay.forEachBlock(of: entry) { merge.append($0) }
        add(key: key, value: merge.row)
        for (firstPosition, archived) in merge.archived {
            ViewKeys.archiveKey(base: key, firstPosition: firstPosition).withUnsafeBytes {
                add(key: $0, value: archived)
            }
        }
    }

    private mutating func add(key: UnsafeRawBufferPointer, value: [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: key)
        let middle = bytes.count
        let checksum = value.withBytes { RowSeal.checksum(key: key, facts: $0) }
        withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: value)
        ranges.append((start..<middle, middle..<bytes.count))
    }

    /// Lends the rows in key order: a stream's archived rows come right behind its newest, as their keys do.
    func withReferences(_ body: ([RowReference]) throws(StoreError) -> Void) throws(StoreError) {
        try bytes.withBytes { (bytes) throws(StoreError) in
            let references = ranges.map { range in
                RowReference(
                    key: UnsafeRawBufferPointer(rebasing: bytes[range.key]),
                    value: UnsafeRawBufferPointer(rebasing: bytes[range.value]))
            }
            try body(references)
        }
    }
}
