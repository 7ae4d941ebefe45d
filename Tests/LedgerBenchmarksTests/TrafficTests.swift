import Foundation
import Synchronization
import Testing

@testable import LedgerBenchmarks

/// A server on a Unix socket that answers each byte with a byte, and stands still once.
private final class StallingServer: Sendable {
    let path: String
    private let listener: Int32

    init(stallAfter: Int, seconds: Double) throws {
        path = NSTemporaryDirectory() + "/stall-\(UInt32.random(in: 0..<UInt32.max)).sock"
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let bound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(listener, 8) == 0)
        let answered = Mutex(0)
        Thread.detachNewThread {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Thread.detachNewThread {
                    var byte: UInt8 = 0
                    while read(connection, &byte, 1) == 1 {
                        // All connections wait while one holds the lock: the server as a whole stands still.
                        answered.withLock { count in
                            count += 1
                            if count == stallAfter { usleep(UInt32(seconds * 1e6)) }
                        }
                        write(connection, &byte, 1)
                    }
                    close(connection)
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
    }
}

private final class ByteWire: Wire {
    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        bytes.append(1)
        return nil
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Taken { Taken(bytes: 1, answer: .whole) }
}

/// Answers "busy" to every other answer.
private final class BusyWire: Wire {
    private var answers = 0

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        bytes.append(1)
        return nil
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Taken {
        answers += 1
        return Taken(bytes: 1, answer: answers % 2 == 1 ? .busy : .whole)
    }
}

@Suite struct TrafficTests {
    @Test(
        "Descriptors beyond the thousandth are waited for too",
        .enabled(if: sysconf(Int32(_SC_OPEN_MAX)) > 2_000, "this process may not have so many descriptors"))
    func manyDescriptors() throws {
        var pair: [Int32] = [0, 0]
        #expect(pipe(&pair) == 0)
        // In a run of all tests so many are open.
        let high = fcntl(pair[0], F_DUPFD, 1_500)
        try #require(high >= 1_500)
        defer { [pair[0], pair[1], high].forEach { close($0) } }
        var (readable, writable) = (DescriptorSet(), DescriptorSet())
        readable.insert(high)
        try DescriptorSet.wait(&readable, &writable, nanoseconds: 1_000_000)
        #expect(!readable.contains(high))
        #expect(write(pair[1], "x", 1) == 1)
        readable.insert(high)
        try DescriptorSet.wait(&readable, &writable, nanoseconds: 1_000_000_000)
        #expect(readable.contains(high) && !readable.contains(pair[1]))
    }

    @Test(
        "At a fixed rate a stall counts in every request that it delayed; in a closed loop in one",
        .timeLimit(.minutes(1)))
    func coordinatedOmission() throws {
        let open = try StallingServer(stallAfter: 50, seconds: 0.3)
        let paced = try Lane(
            .unix(open.path), connections: 4, pace: .every(nanoseconds: 1_000_000), limit: 500
        ) { ByteWire() }
        try Traffic(lanes: [paced]).run()
        #expect(paced.answered == 500 && paced.latencies.count == 500)
        // 300 of the 500 were due while the server stood still: even the 75th percentile shows it.
        #expect(paced.latencies.microseconds(atPercentile: 75) > 50_000)
        #expect(paced.latencies.mostMicroseconds > 250_000)

        let shut = try StallingServer(stallAfter: 50, seconds: 0.3)
        let closed = try Lane(.unix(shut.path), connections: 1, pace: .closed, limit: 500) { ByteWire() }
        try Traffic(lanes: [closed]).run()
        #expect(closed.latencies.count == 500 && closed.latencies.mostMicroseconds > 250_000)
        #expect(closed.latencies.microseconds(atPercentile: 75) < 50_000)
    }

    @Test("A lane on demand asks what another one's answers bring, and the end waits for it", .timeLimit(.minutes(1)))
    func onDemand() throws {
        let server = try StallingServer(stallAfter: .max, seconds: 0)
        let second = try Lane(.unix(server.path), connections: 2, pace: .onDemand) { ByteWire() }
        let first = try Lane(.unix(server.path), connections: 2, pace: .closed, limit: 40) { ByteWire() }
        first.onAnswer = { second.add($0.request, intended: $0.at) }
        var asked: Set<Int> = []
        second.onAnswer = { asked.insert($0.request) }
        try Traffic(lanes: [first, second]).run()
        #expect(first.answered == 40 && asked == Set(0..<40))
    }

    @Test("A busy server is asked again, and the wait counts", .timeLimit(.minutes(1)))
    func busy() throws {
        let server = try StallingServer(stallAfter: .max, seconds: 0)
        let lane = try Lane(.unix(server.path), connections: 1, pace: .closed, limit: 10) { BusyWire() }
        try Traffic(lanes: [lane]).run()
        #expect(lane.answered == 10 && lane.busy == 10)
        #expect(lane.latencies.microseconds(atPercentile: 50) > 4_000)
    }

    @Test("A load without an end stops at its time, and everything that began is answered", .timeLimit(.minutes(1)))
    func timed() throws {
        let server = try StallingServer(stallAfter: .max, seconds: 0)
        let lane = try Lane(.unix(server.path), connections: 3, pace: .closed) { ByteWire() }
        let watch = Stopwatch()
        var observed = 0
        try Traffic(lanes: [lane], seconds: 0.2, observe: { observed += 1 }).run()
        #expect(watch.seconds >= 0.2 && watch.seconds < 5)
        #expect(lane.answered > 3 && lane.answered == lane.latencies.count && observed > 0)
        #expect(lane.connections.allSatisfy { $0.isIdle })
    }
}
