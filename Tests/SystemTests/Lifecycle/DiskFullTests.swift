import Foundation
import Glibc
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("A full disk")
    struct DiskFullTests {
        /// Large enough for all of a small ledger's files.
        private static let diskBytes = 384 << 20

        /// Whether a small disk can be had here: it takes the rights to mount one.
        private static let canMount: Bool = {
            guard getuid() == 0, let disk = try? SmallDisk(bytes: 1 << 20) else { return false }
            disk.remove()
            return true
        }()

        @Test(
            "Posts are refused as read-only, reads go on, and it records again when there is room",
            .enabled(if: canMount, "no tmpfs can be mounted here: it takes root"), .timeLimit(.minutes(3)))
        func full() async throws {
            try await onThread {
                let disk = try SmallDisk(bytes: Self.diskBytes)
                defer { disk.remove() }
                let folder = try TemporaryFolder()
                let data = "\(disk.path)/data"
                let daemon = try DaemonProcess(folder.path, data: data)
                let batches = try DataDirectoryTests.batches(Programme.events(200_000, seed: 91, influencers: 300))
                var next = 0
                func post() throws -> HTTPReply {
                    defer { next += 1 }
                    return try daemon.client().send(HTTPRequest(posting: batches[next], as: MediaType.ndjson))
                }
                for _ in 0..<3 { try require(try post().status == 201, "a post before the disk is full is refused") }
                try disk.fill()
                let refusal = try Self.postUntilRefused(upTo: batches.count, post)
                let unrecorded = next - 1
                try require(refusal.status == 503, "a full disk answers \(refusal.status): \(refusal.text)")
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(refusal.body))
                try require(problem.code == "readOnly" && problem.retry, "its code is \(problem.code)")
                try require(refusal.fields["retry-after"] != nil, "there is no Retry-After")
                try Self.checkReads(daemon, head: UInt64(unrecorded * 1_000))
                try disk.empty()
                next = unrecorded
                try Wait.until("posts are accepted again", seconds: 60) {
                    next = unrecorded
                    return try post().status == 201
                }
                let status = try daemon.client().json("/v1/status")
                try require(status["readOnly"] == .bool(false), "it is still read-only: \(status)")
                try require(try daemon.client().head() == UInt64(next * 1_000), "the head is not what was acknowledged")
                _ = try DataDirectoryTests.answers(daemon.client())
                try daemon.stop()
                try Files.copy(data, to: "\(folder.path)/bare")
                for name in ["views", "index"] { try Files.remove("\(folder.path)/bare/\(name)") }
                let (left, rebuilt) = (try Digest(of: data), try Digest(of: "\(folder.path)/bare"))
                try require(left == rebuilt, "the read models are \(left), a rebuild gives \(rebuilt)")
            }
        }

        @Test(
            "That room runs out is announced before posts are refused",
            .enabled(if: canMount, "no tmpfs can be mounted here: it takes root"), .timeLimit(.minutes(1)))
        func announced() async throws {
            try await onThread {
                let disk = try SmallDisk(bytes: Self.diskBytes)
                defer { disk.remove() }
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path, data: "\(disk.path)/data")
                // The disk as it is has less than the default's 1 GiB.
                try Wait.until("a warning in status", seconds: 10) {
                    let warnings = try daemon.client().json("/v1/status")["warnings"]
                    return "\(String(describing: warnings))".contains("the disk has ")
                }
                try require(daemon.said.contains("room runs out of=disk.free"), "the log says \(daemon.said)")
                let metrics = try daemon.client().get("/metrics").text
                let free = metrics.split(separator: "\n").first { $0.hasPrefix("campaign_ledger_disk_free_bytes ") }
                let bytes = free.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
                try require((1...Self.diskBytes).contains(bytes), "\(bytes) of \(Self.diskBytes) bytes are free")
                try require(daemon.client().get("/readyz").status == 200, "a warning is no reason not to be asked")
                let line = Data(try Programme.events(1, seed: 1, influencers: 1))
                let post = HTTPRequest(posting: [UInt8](line), as: MediaType.ndjson)
                try require(try daemon.client().send(post).status == 201, "a post is refused")
                try daemon.stop()
            }
        }

        private static func postUntilRefused(upTo count: Int, _ post: () throws -> HTTPReply) throws -> HTTPReply {
            for _ in 3..<count {
                let reply = try post()
                if reply.status != 201 { return reply }
            }
            throw SystemFailure("\(count) batches fit on a disk that is full")
        }

        private static func checkReads(_ daemon: DaemonProcess, head: UInt64) throws {
            let client = daemon.client()
            try require(try client.head() == head, "the head moved by what was refused")
            let status = try client.json("/v1/status")
            try require(status["readOnly"] == .bool(true), "status does not say that it is read-only")
            try require(status["readOnlyReason"]?.string?.isEmpty == false, "status does not say why")
            try require(try client.events().lines.count == Int(head), "the log does not read as before")
            _ = try DataDirectoryTests.answers(client)
            try require(client.get("/livez").status == 200, "it does not live")
        }
    }
}

/// A disk of a known size, in memory.
final class SmallDisk: Sendable {
    let path: String
    private let place: TemporaryFolder

    init(bytes: Int) throws {
        place = try TemporaryFolder()
        path = "\(place.path)/disk"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw SystemFailure("a tmpfs could not be mounted: errno \(errno)")
        }
    }

    private var filler: String { "\(path)/filler" }

    /// Leaves less than one page free.
    func fill() throws {
        let descriptor = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try require(descriptor >= 0, "\(filler): errno \(errno)")
        defer { close(descriptor) }
        for size in [1 << 20, 4_096] {
            let chunk = [UInt8](repeating: 1, count: size)
            while write(descriptor, chunk, size) == size {}
        }
    }

    func empty() throws {
        try Files.remove(filler)
    }

    func remove() {
        // Lazily: a daemon that is being killed may still hold it.
        _ = umount2(path, Int32(MNT_DETACH))
    }
}
