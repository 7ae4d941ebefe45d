extension Run {
    private enum Single {
        static let commit = Quantity(
            "rawCommitP50", "LMDB alone: a commit of one record, median", "µs", isHeadline: true)
        static let trip = Quantity("roundTripP50", "a socket alone: a round trip, median", "µs", isHeadline: true)
        static let ratio = Quantity(
            "rawRatio", "our median to the sum of both", "×", .atMost(1.5, goal: 1.3))
        static let redisRatio = Quantity("redisRatio", "our median to Redis'", "×", .atMost(2, goal: 1.5))
    }

    /// An acknowledgement's size, for the round trip: what campaignd answers to one event, with its head.
    private static let answerBytes = 200

    /// One client, one event a request, on a ledger of its own that is empty at first.
    func measureSingle() throws {
        let data = folder.data("single")
        let requests = try programme(.base).requests(of: 1, limit: settings.singles)
        let ours = try postSingles(data, requests, clients: 1)
        add(condition: "\(requests.count) requests on a ledger that is empty at first, closed loop")
        add(ours.latencies, as: "request", "a request", headlines: ["P50", "P99"])
        let baseline = try baseline()
        try baseline.dump(log: data + "/log", expected: requests.count)
        try WorkFolder.remove(data)
        let raw = try baseline.append(batch: 1, extends: false)
        let trips = try baseline.pingPong(
            requestBytes: Int(programme(.base).eventBytes), answerBytes: Self.answerBytes, count: settings.singles)
        try WorkFolder.remove(baseline.recordsFile)
        let median = ours.latencies.microseconds(atPercentile: 50)
        add(Single.commit, raw.commitMicroseconds.p50)
        add(Single.trip, trips.tripMicroseconds.p50)
        add(Single.ratio, median / (raw.commitMicroseconds.p50 + trips.tripMicroseconds.p50))
        if peers.contains(.redis) {
            let redis = try addSinglesToRedis(requests, connections: 1)
            add(condition: Redis.durability)
            add(redis.latencies, as: "redis", "Redis, an XADD", headlines: ["P50"])
            add(Single.redisRatio, median / redis.latencies.microseconds(atPercentile: 50))
        }
    }

    private enum Connections {
        static let rate = Quantity("requestsPerSecond", "requests, on all connections", "requests/s", isHeadline: true)
        static let redis = Quantity("redis", "Redis, an XADD each", "requests/s", isHeadline: true)
        static let ratio = Quantity("redisRatio", "ours to Redis", "×", .atLeast(0.6, goal: 1))
    }

    /// Requests of this measure for each of the measure `single`.
    private static let connectionsFactor = 5

    /// Many connections, one event a request.
    func measureConnections() throws {
        let data = folder.data("connections")
        let requests = try programme(.base).requests(of: 1, limit: Self.connectionsFactor * settings.singles)
        let ours = try postSingles(data, requests, clients: settings.connections)
        try WorkFolder.remove(data)
        add(
            condition: "\(settings.connections) connections, \(requests.count) requests, closed loop, one client thread"
        )
        add(Connections.rate, ours.rate)
        add(ours.latencies, as: "request", "a request")
        guard peers.contains(.redis) else { return }
        let redis = try addSinglesToRedis(requests, connections: settings.connections)
        add(condition: Redis.durability)
        add(Connections.redis, redis.rate)
        add(redis.latencies, as: "redis", "Redis, an XADD")
        add(Connections.ratio, ours.rate / redis.rate)
    }

    private func postSingles(
        _ data: String, _ requests: [ProgrammeFile.Request], clients: Int
    ) throws -> Appended {
        try WorkFolder.remove(data)
        let daemon = try startDaemon(data)
        let posted = try post(programme(.base), requests[...], clients: clients)
        try daemon.stop()
        return posted.appended
    }

    private func addSinglesToRedis(_ requests: [ProgrammeFile.Request], connections: Int) throws -> Appended {
        let redis = try Redis(folder)
        defer { redis.kill() }
        return try redis.append(programme(.base), requests[...], connections: connections, form: .pipeline)
    }
}
