internal import EventLog
internal import Glibc

/// The rows of a file that `OrderedRowsWriter` finished, read in their order.
package final class OrderedRows {
    /// How many there are.
    package let count: Int
    private let path: String
    private let descriptor: Int32
    private let foot: Foot

    /// - Throws: `.system` with ENOENT where there is no such file; `.storage` if it is not whole.
    package init(path: String) throws(StoreError) {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileSystem.fault("opening", path) }
        do throws(StoreError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw FileSystem.fault("looking at", path) }
            let size = UInt64(status.st_size)
            guard size >= UInt64(Foot.sizeBytes),
                let foot = Foot(
                    sealed: try Self.read(
                        descriptor, path, at: size - UInt64(Foot.sizeBytes), count: Foot.sizeBytes)),
                foot.isWhole(sizeBytes: size)
            else { throw Self.damaged(path, "its foot is not what was written") }
            self.foot = foot
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        count = Int(foot.count)
    }

    deinit {
        close(descriptor)
    }

    /// Deletes the file and what an attempt to write it left, where they are there.
    package static func remove(path: String) throws(StoreError) {
        for name in [path, temporary(path)] {
            guard unlink(name) == 0 || errno == ENOENT else { throw FileSystem.fault("deleting", name) }
        }
    }

    /// The rows from a rank on, at most so many.
    package func rows(from rank: Int, limit: Int) throws(StoreError) -> [[UInt8]] {
        var rows: [[UInt8]] = []
        for rank in max(0, rank)..<max(0, rank, min(count, rank.addingReportingOverflow(limit).partialValue)) {
            rows.append(try row(at: try offset(of: UInt64(rank))))
        }
        return rows
    }

    private func offset(of rank: UInt64) throws(StoreError) -> UInt64 {
        let place = foot.entriesStart + rank * UInt64(Entry.sizeBytes)
        guard let entry = Entry(sealed: try read(at: place, count: Entry.sizeBytes)), entry.rank == rank,
            entry.offset < foot.entriesStart
        else { throw Self.damaged(path, "the entry of rank \(rank) is not what was written") }
        return entry.offset
    }

    private func row(at offset: UInt64) throws(StoreError) -> [UInt8] {
        let lengthBytes = MemoryLayout<UInt32>.size
        let head = try read(at: offset, count: lengthBytes)
        let length = head.withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) }
        guard length <= OrderedRowsWriter.rowBytesMax,
            offset + UInt64(length) + UInt64(2 * lengthBytes) <= foot.entriesStart
        else {
            throw Self.damaged(path, "the row at \(offset) is longer than the file")
        }
        let sealed = try read(at: offset + UInt64(lengthBytes), count: Int(length) + lengthBytes)
        guard let reader = ByteReader(sealed: sealed) else {
            throw Self.damaged(path, "the row at \(offset) is not what was written")
        }
        return reader.bytes
    }

    private func read(at offset: UInt64, count: Int) throws(StoreError) -> [UInt8] {
        try Self.read(descriptor, path, at: offset, count: count)
    }

    private static func read(
        _ descriptor: Int32, _ path: String, at offset: UInt64, count: Int
    ) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, count - done, off_t(offset) + off_t(done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw FileSystem.fault("reading", path) }
            guard got > 0 else { throw damaged(path, "it ends before byte \(offset + UInt64(count))") }
            done += got
        }
        return bytes
    }

    private static func damaged(_ path: String, _ reason: String) -> StoreError {
        .storage(operation: "reading \(path)", cause: "\(reason), so it has to be made again")
    }

    static func temporary(_ path: String) -> String { path + ".next" }
}

extension OrderedRows {
    /// Where the row of a rank is.
    struct Entry {
        let rank: UInt64
        let offset: UInt64

        static let sizeBytes = 20

        init(rank: UInt64, offset: UInt64) {
            self.rank = rank
            self.offset = offset
        }

        init?(sealed: [UInt8]) {
            guard var reader = ByteReader(sealed: sealed), let rank = reader.next(UInt64.self),
                let offset = reader.next(UInt64.self)
            else { return nil }
            self.init(rank: rank, offset: offset)
        }

        var sealed: [UInt8] {
            var writer = ByteWriter()
            writer.append(rank)
            writer.append(offset)
            return writer.sealed
        }
    }

    /// The end of the file.
    struct Foot {
        let count: UInt64
        let entriesStart: UInt64

        static let sizeBytes = 28
        /// "CLROWS" and the version of the layout.
        private static let mark: UInt64 = 0x0001_5357_4F52_4C43

        init(count: UInt64, entriesStart: UInt64) {
            self.count = count
            self.entriesStart = entriesStart
        }

        init?(sealed: [UInt8]) {
            guard var reader = ByteReader(sealed: sealed), reader.next(UInt64.self) == Self.mark,
                let count = reader.next(UInt64.self), let start = reader.next(UInt64.self)
            else { return nil }
            self.init(count: count, entriesStart: start)
        }

        var sealed: [UInt8] {
            var writer = ByteWriter()
            writer.append(Self.mark)
            writer.append(count)
            writer.append(entriesStart)
            return writer.sealed
        }

        /// Whether a file of that size ends with this foot.
        func isWhole(sizeBytes: UInt64) -> Bool {
            let (entries, isTooMany) = count.multipliedReportingOverflow(by: UInt64(Entry.sizeBytes))
            let (end, isTooLong) = entries.addingReportingOverflow(entriesStart)
            return !isTooMany && !isTooLong
                && end.addingReportingOverflow(UInt64(Self.sizeBytes)).partialValue == sizeBytes
        }
    }
}
