/// What is found out about an LMDB `data.mdb` before LMDB opens it.
///
/// LMDB takes a file of no bytes for a new database and dies of SIGBUS in one that was cut off. This must run before the
/// environment is opened: opening and closing the file afterwards would drop LMDB's locks.
enum DataFilePreflight: Hashable {
    case absent
    case empty
    case truncated(sizeBytes: UInt64, neededBytes: UInt64)
    case foreign(reason: String)
    case sound

    // LMDB 0.9: two meta pages at the beginning, the one with the greater transaction counts.
    private static let pageHeaderSizeBytes = 16
    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let dataVersion: UInt32 = 1
    private static let pageSizeOffset = 24
    private static let lastPageOffset = 120
    private static let transactionOffset = 128
    private static let metaSizeBytes = 136
    private static let pageSizes: ClosedRange<UInt32> = 256...65_536

    static func examine(_ path: String) throws(StoreError) -> DataFilePreflight {
        guard let size = try FileSystem.fileSizeBytes(path) else { return .absent }
        guard size > 0 else { return .empty }
        let head = try FileSystem.read(path, limit: Int(pageSizes.upperBound) + pageHeaderSizeBytes + metaSizeBytes)
        return examine(head, fileSizeBytes: size)
    }

    private static func examine(_ head: [UInt8], fileSizeBytes: UInt64) -> DataFilePreflight {
        guard let first = Meta(head, page: 0) else {
            let needed = UInt64(pageHeaderSizeBytes + metaSizeBytes)
            if fileSizeBytes < needed { return .truncated(sizeBytes: fileSizeBytes, neededBytes: needed) }
            return .foreign(reason: "its first page is no meta page of LMDB 0.9")
        }
        guard let second = Meta(head, page: Int(first.pageSizeBytes)) else {
            let needed = UInt64(first.pageSizeBytes) * 2
            if fileSizeBytes < needed { return .truncated(sizeBytes: fileSizeBytes, neededBytes: needed) }
            return .foreign(reason: "its second page is no meta page of LMDB 0.9")
        }
        let newest = second.transaction > first.transaction ? second : first
        let (needed, overflow) = (newest.lastPage &+ 1).multipliedReportingOverflow(by: UInt64(first.pageSizeBytes))
        guard !overflow else { return .foreign(reason: "its last page has number \(newest.lastPage)") }
        return fileSizeBytes < needed ? .truncated(sizeBytes: fileSizeBytes, neededBytes: needed) : .sound
    }

    private struct Meta {
        let pageSizeBytes: UInt32
        let lastPage: UInt64
        let transaction: UInt64

        init?(_ head: [UInt8], page: Int) {
            let start = page + pageHeaderSizeBytes
            guard head.count >= start + metaSizeBytes else { return nil }
            func number<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _ type: Number.Type) -> Number {
                head.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start + offset, as: type) }
            }
            guard number(0, UInt32.self) == magic, number(4, UInt32.self) == dataVersion else { return nil }
            pageSizeBytes = number(pageSizeOffset, UInt32.self)
            lastPage = number(lastPageOffset, UInt64.self)
            transaction = number(transactionOffset, UInt64.self)
            guard pageSizes.contains(pageSizeBytes) else { return nil }
        }
    }
}
