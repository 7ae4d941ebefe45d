import Glibc

/// Drives lanes of requests from one thread until all is answered: the client costs little and takes one core at most.
struct Traffic {
    /// When a request that met a busy server is sent again.
    private static let retryNanoseconds: UInt64 = 5_000_000
    /// How often `observe` is called.
    private static let observeNanoseconds: UInt64 = 20_000_000
    /// Nothing answered for so long means that something is broken.
    private static let patienceNanoseconds: UInt64 = 120_000_000_000

    let lanes: [Lane]
    /// After so long no request begins any more; those under way are still waited for.
    var seconds: Double?
    /// Called every 20 ms or so.
    var observe: () -> Void = {}

    /// - Returns: nanoseconds of the clock at which it began.
    @discardableResult
    func run() throws -> UInt64 {
        Self.sharpenTimers()
        let start = monotonicNanoseconds()
        let end = seconds.map { start + UInt64($0 * 1e9) } ?? .max
        let members = lanes.flatMap { lane in lane.connections.map { (lane: lane, connection: $0) } }
        var now = start
        var observed = start
        lanes.forEach { $0.start(at: start) }
        while true {
            var wake = min(observed + Self.observeNanoseconds, end > now ? end : .max)
            for lane in lanes {
                wake = min(wake, try lane.dispatch(now, mayBegin: now < end) ?? .max)
            }
            guard lanes.contains(where: { $0.isBusy(mayBegin: now < end) }) else { return start }
            var readable = DescriptorSet()
            var writable = DescriptorSet()
            for (_, connection) in members where !connection.isIdle {
                readable.insert(connection.descriptor)
                if connection.hasUnsent { writable.insert(connection.descriptor) }
            }
            try DescriptorSet.wait(
                &readable, &writable, nanoseconds: wake > now ? min(wake - now, Self.observeNanoseconds) : 0)
            now = monotonicNanoseconds()
            for (lane, connection) in members where !connection.isIdle {
                if writable.contains(connection.descriptor) { try connection.flush() }
                if readable.contains(connection.descriptor) { try receive(lane, connection, now) }
            }
            if now >= observed + Self.observeNanoseconds {
                observe()
                observed = now
                try checkProgress(now)
            }
        }
    }

    private func receive(_ lane: Lane, _ connection: Connection, _ now: UInt64) throws {
        guard let request = connection.request else { return }
        if try connection.receive(now: now, retryNanoseconds: Self.retryNanoseconds) {
            // Asked again for the time: one of the connections before may have taken long.
            try lane.note(connection, request: request, at: monotonicNanoseconds())
        } else if connection.retryAt != nil {
            lane.busy += 1
        }
    }

    private func checkProgress(_ now: UInt64) throws {
        guard now > Self.patienceNanoseconds else { return }
        let last = lanes.map(\.lastAnswer).max() ?? now
        guard last > now - Self.patienceNanoseconds else {
            throw BenchmarkFault("Nothing was answered for \(Self.patienceNanoseconds / 1_000_000_000) s.")
        }
    }

    /// The kernel rounds waits up by 50 µs otherwise, which would count as the server's latency.
    private static func sharpenTimers() {
        guard let file = fopen("/proc/self/timerslack_ns", "w") else { return }
        fputs("1", file)
        fclose(file)
    }
}
