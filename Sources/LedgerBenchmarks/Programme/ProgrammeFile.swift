import Glibc
import ProgrammeSimulator

/// A simulated programme as NDJSON in a file, mapped: written before the clock starts, and sent from the page cache
/// without a copy of our own, so that the client costs the daemon's cores as little as it can.
final class ProgrammeFile: Sendable {
    /// Bytes gathered before they are written to the file.
    private static let chunkBytes = 4 << 20

    let path: String
    let bytesCount: Int
    let events: Int
    /// Of the events, `post.published` and `influencer.registered`.
    let posts: Int
    let registrations: Int
    // Read-only for as long as this object lives.
    private nonisolated(unsafe) let base: UnsafeRawPointer

    /// Writes the programme and maps it.
    init(_ settings: SimulationSettings, path: String) throws {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkFault.system("write \(path)") }
        defer { close(descriptor) }
        let written = try Self.write(settings, to: descriptor, path: path)
        (bytesCount, events, posts, registrations) = (
            written.bytes, written.events, written.posts, written.registrations
        )
        guard bytesCount > 0, let mapped = mmap(nil, bytesCount, PROT_READ, MAP_SHARED, descriptor, 0),
            mapped != MAP_FAILED
        else { throw BenchmarkFault.system("map \(path)") }
        base = UnsafeRawPointer(mapped)
        // The kernel reads ahead and may drop what is behind.
        madvise(mapped, bytesCount, MADV_SEQUENTIAL)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: base), bytesCount)
    }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: bytesCount) }

    /// The lines of a request.
    func bytes(of request: Request) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[request.bytes])
    }

    /// Bytes of an event as posted, on average.
    var eventBytes: Double { Double(bytesCount) / Double(max(events, 1)) }

    /// The programme, from a byte at which a line begins, cut into requests of `batch` events, the last one shorter; at
    /// most `limit` of them.
    func requests(of batch: Int, fromByte first: Int = 0, limit: Int = .max) -> [Request] {
        var requests: [Request] = []
        requests.reserveCapacity(min(events / batch + 1, limit))
        var start = first
        var end = first
        var count = 0
        while requests.count < limit, end < bytesCount, let newline = memchr(base + end, 0x0A, bytesCount - end) {
            end = UnsafeRawPointer(newline) - base + 1
            count += 1
            if count == batch || end == bytesCount {
                requests.append(Request(bytes: start..<end, events: count))
                (start, count) = (end, 0)
            }
        }
        return requests
    }

    /// One request's part of the file.
    struct Request: Sendable {
        let bytes: Range<Int>
        let events: Int
    }

    private struct Written {
        var bytes = 0
        var events = 0
        var posts = 0
        var registrations = 0
    }

    private static func write(_ settings: SimulationSettings, to descriptor: Int32, path: String) throws -> Written {
        var simulation = try Simulation(settings)
        var written = Written()
        var chunk: [UInt8] = []
        chunk.reserveCapacity(chunkBytes + 4_096)
        var hasMore = true
        while hasMore {
            hasMore = simulation.next(into: &chunk)
            guard chunk.count >= chunkBytes || !hasMore else { continue }
            try chunk.withUnsafeBytes { bytes in
                try writeAll(bytes, to: descriptor, path: path)
                written.bytes += bytes.count
                written.posts += bytes.occurrences(of: ".published\"", behind: "\"type\":\"post")
                written.registrations += bytes.occurrences(
                    of: ".registered\"", behind: "\"type\":\"influencer")
            }
            chunk.removeAll(keepingCapacity: true)
        }
        written.events = simulation.written
        return written
    }

    private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
        var done = 0
        while done < bytes.count {
            let written = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            guard written > 0 else { throw BenchmarkFault.system("write \(path)") }
            done += written
        }
    }
}
