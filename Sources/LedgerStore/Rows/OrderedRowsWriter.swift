internal import EventLog
internal import Glibc

/// Writes rows of bytes to a file as they come, and at last the order in which they are read: few of them are in memory at
/// a time, whatever their number.
///
/// The file: the rows, each its length (4 bytes), its bytes and their CRC-32C; then, in order, an entry a row: its rank
/// from 0, its offset (8 bytes each) and their CRC-32C; then the foot: a mark, the number of rows, where the entries
/// begin, and their CRC-32C. All numbers little-endian. It has its name only when it is whole and durable.
package final class OrderedRowsWriter {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var buffer = ByteWriter()
    /// Bytes in the file and the buffer.
    private var sizeBytes: UInt64 = 0
    private var isFinished = false

    /// No row is longer: a damaged length must not take all memory.
    static let rowBytesMax = 16 << 20
    private static let bufferBytesMax = 64 << 10

    /// Begins the file, and makes the directory that it is in; what an earlier attempt left of it is gone.
    package init(path: String) throws(StoreError) {
        self.path = path
        try FileSystem.createDirectory(FileSystem.parent(of: path))
        temporary = OrderedRows.temporary(path)
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FileSystem.fileMode)
        guard descriptor >= 0 else { throw FileSystem.fault("creating", temporary) }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(temporary) }
    }

    /// Adds a row. - Returns: its offset, by which the order names it.
    package func append(_ row: UnsafeRawBufferPointer) throws(StoreError) -> UInt64 {
        let offset = sizeBytes
        guard row.count <= Self.rowBytesMax else {
            throw .invalidRequest("a row of \(row.count) bytes is longer than \(Self.rowBytesMax)")
        }
        buffer.append(UInt32(row.count))
        buffer.append(bytes: row)
        buffer.append(Checksum.crc32c(row))
        sizeBytes += UInt64(2 * MemoryLayout<UInt32>.size + row.count)
        try flush(atLeast: Self.bufferBytesMax)
        return offset
    }

    /// Adds the order and makes the file durable under its name.
    ///
    /// - Parameter offsets: of every row once.
    package func finish(order offsets: some Collection<UInt64>) throws(StoreError) {
        let start = sizeBytes
        for (rank, offset) in offsets.enumerated() {
            buffer.append(bytes: OrderedRows.Entry(rank: UInt64(rank), offset: offset).sealed)
            try flush(atLeast: Self.bufferBytesMax)
        }
        buffer.append(bytes: OrderedRows.Foot(count: UInt64(offsets.count), entriesStart: start).sealed)
        try flush(atLeast: 1)
        guard fsync(descriptor) == 0 else { throw FileSystem.fault("syncing", temporary) }
        try FileSystem.rename(temporary, to: path)
        isFinished = true
    }

    private func flush(atLeast count: Int) throws(StoreError) {
        guard buffer.bytes.count >= count else { return }
        try FileSystem.write(buffer.bytes, descriptor, temporary)
        buffer = ByteWriter()
    }
}

extension ByteWriter {
    mutating func append(bytes more: some Sequence<UInt8>) {
        for byte in more { append(byte) }
    }
}
