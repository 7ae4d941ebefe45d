import NIOCore

/// Reads NDJSON from a file, a pipe or a terminal, and cuts it into batches. Holds one chunk, one line and one batch.
struct BatchSource {
    /// A request holds at most so many events, and at most so many bytes: well below what the daemon takes, so that one
    /// refused batch stays small and commits stay short.
    static let eventsMax = 1_000
    static let bytesMax = 8 * 1_024 * 1_024
    /// Bytes read at once.
    private static let chunkBytes = 1_024 * 1_024
    /// How long a pipe may be silent before what it gave is sent; short, for the thread waits.
    private static let silenceMilliseconds: Int32 = 10

    private let descriptor: Int32
    private let name: String
    private let isFile: Bool
    private let batchEvents: Int

    private var chunk: [UInt8] = []
    private var cursor = 0
    /// The beginning of a line that ends in a later chunk.
    private var partial: [UInt8] = []
    /// A line that did not fit into the batch before.
    private var held: (bytes: [UInt8], number: Int)?
    private var lineNumber = 0
    private var hasEnded = false
    private var unaccountedBytes = 0

    init(descriptor: Int32, name: String, isFile: Bool, batchEvents: Int = BatchSource.eventsMax) {
        self.descriptor = descriptor
        self.name = name
        self.isFile = isFile
        self.batchEvents = min(max(1, batchEvents), Self.eventsMax)
    }

    /// The next batch; nil at the end. From a pipe a batch may come early, so that what was written is not kept waiting.
    mutating func next() async throws -> PostBatch? {
        var batch = PostBatch()
        if let (bytes, number) = held {
            held = nil
            add(bytes[...], number, to: &batch)
        }
        while batch.lines.count < batchEvents {
            if try takeLine(into: &batch) {
                if held != nil { break }
                continue
            }
            guard !hasEnded else { break }
            if !isFile, !FileDescriptor.isReadable(descriptor, within: Self.silenceMilliseconds) {
                guard batch.isEmpty else { break }
                try Task.checkCancellation()
                await Task.yield()
                continue
            }
            try read()
        }
        guard !batch.isEmpty else { return nil }
        batch.inputBytes = unaccountedBytes
        unaccountedBytes = 0
        return batch
    }

    /// Takes one line of what was read; false if more must be read first.
    private mutating func takeLine(into batch: inout PostBatch) throws -> Bool {
        guard let end = chunk[cursor...].firstIndex(of: 10) else {
            return try takeLastLine(into: &batch)
        }
        let rest = chunk[cursor..<end]
        cursor = end + 1
        unaccountedBytes += rest.count + 1
        lineNumber += 1
        if partial.isEmpty {
            try accept(rest, into: &batch)
        } else {
            let line = partial + rest
            partial = []
            try accept(line[...], into: &batch)
        }
        return true
    }

    /// Keeps the rest of the chunk for the next; at the end of the input it is the last line.
    private mutating func takeLastLine(into batch: inout PostBatch) throws -> Bool {
        partial += chunk[cursor...]
        unaccountedBytes += chunk.count - cursor
        chunk = []
        cursor = 0
        guard partial.count <= Self.bytesMax else {
            throw CommandFailure(
                .refused,
                "\(name):\(lineNumber + 1): the line has more than \(Figures.bytes(UInt64(Self.bytesMax))), and an "
                    + "event has at most 64 KiB. Give one event a line (NDJSON).")
        }
        guard hasEnded, !partial.isEmpty else { return false }
        let line = partial
        partial = []
        lineNumber += 1
        try accept(line[...], into: &batch)
        return true
    }

    private mutating func accept(_ line: ArraySlice<UInt8>, into batch: inout PostBatch) throws {
        guard let first = line.first(where: { $0 != 32 && $0 != 9 && $0 != 13 }) else { return }
        if first == 91 {
            throw CommandFailure(
                .refused,
                "\(name):\(lineNumber): the line begins with [, but each line is to be one event (NDJSON). "
                    + "Split an array with: jq -c '.[]'")
        }
        if !batch.isEmpty, batch.body.readableBytes + line.count + 1 > Self.bytesMax {
            held = (Array(line), lineNumber)
        } else {
            add(line, lineNumber, to: &batch)
        }
    }

    private func add(_ line: ArraySlice<UInt8>, _ number: Int, to batch: inout PostBatch) {
        batch.body.writeBytes(line)
        batch.body.writeInteger(UInt8(10))
        batch.lines.append(number)
    }

    private mutating func read() throws {
        chunk = try FileDescriptor.read(descriptor, capacity: Self.chunkBytes, name: name)
        cursor = 0
        hasEnded = chunk.isEmpty
    }
}
