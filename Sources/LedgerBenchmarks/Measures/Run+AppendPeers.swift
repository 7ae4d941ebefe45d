// The peers' side of the measure `append`: the same events, each peer at the best setting that short trials found.
extension Run {
    private enum Quantities {
        static let redis = Quantity("redis", "Redis, as many in flight", "events/s", isHeadline: true)
        static let redisRatio = Quantity("redisRatio", "ours to Redis, as many in flight", "×", .atLeast(1.5, goal: 2))
        static let redisBest = Quantity("redisBest", "Redis at its best setting of all", "events/s", isHeadline: true)
        static let redisBestRatio = Quantity("redisBestRatio", "ours to Redis at its best", "×", .atLeast(nil, goal: 2))
        static let umadb = Quantity("umadb", "UmaDB, the influencer as a tag", "events/s", isHeadline: true)
        static let umadbRatio = Quantity("umadbRatio", "ours to UmaDB with a tag", "×", .atLeast(2, goal: 3))
        static let bare = Quantity("umadbBare", "UmaDB, a bare log without a tag", "events/s", isHeadline: true)
        static let bareRatio = Quantity("umadbBareRatio", "ours to UmaDB without a tag", "×", .atLeast(2, goal: 3))
        static let nats = Quantity("nats", "NATS JetStream", "events/s", isHeadline: true)
        static let natsRatio = Quantity("natsRatio", "ours to NATS JetStream", "×", .atLeast(3, goal: 4))
    }

    func appendToRedis(ours: Double) throws {
        let chosen = try choices.redis ?? bestOfRedis()
        choices.redis = chosen
        add(condition: Redis.durability + "; XADD of the same bytes over a Unix socket")
        add(condition: "Redis, as many in flight: \(chosen.alike.text); at its best: \(chosen.best.text)")
        let requests = try programme(.base).requests(of: settings.batch)
        let alike = try appendToRedis(chosen.alike, requests)
        add(Quantities.redis, alike)
        add(Quantities.redisRatio, ours / alike)
        let best = chosen.best == chosen.alike ? alike : try appendToRedis(chosen.best, requests)
        add(Quantities.redisBest, best)
        add(Quantities.redisBestRatio, ours / best)
    }

    private func appendToRedis(_ choice: RedisChoice, _ requests: [ProgrammeFile.Request]) throws -> Double {
        let redis = try Redis(folder)
        defer { redis.kill() }
        return try redis.append(
            programme(.base), requests[...], connections: choice.connections, form: choice.form
        ).rate
    }

    private func bestOfRedis() throws -> (alike: RedisChoice, best: RedisChoice) {
        let requests = try programme(.base).requests(of: settings.batch, limit: trialRequests)
        let trials = try best(of: RedisChoice.all, named: { "Redis, \($0.text)" }) { choice in
            try appendToRedis(choice, requests)
        }.map(\.candidate)
        return (trials.first(where: \.isLikeOurs) ?? trials[0], trials[0])
    }

    /// The most events that UmaDB with tags is given: it only gets slower with more.
    private static let umadbTaggedEventsMax = 2_000_000

    func appendToUmaDB(ours: Double) throws {
        let chosen = try choices.umadb ?? bestOfUmaDB()
        choices.umadb = chosen
        add(condition: UmaDB.durability)
        let tagged = min(settings.events, Self.umadbTaggedEventsMax)
        for (tags, events, rate, ratio) in [
            (UmaDB.Tags.influencer, tagged, Quantities.umadb, Quantities.umadbRatio),
            (.none, settings.events, Quantities.bare, Quantities.bareRatio),
        ] {
            let appended = try appendToUmaDB(chosen, tags, events: events)
            add(
                condition: "UmaDB, tag \(tags.rawValue): \(Text.number(Double(appended.events))) events, \(chosen.text)"
            )
            add(rate, appended.rate)
            add(ratio, ours / appended.rate)
        }
    }

    private func appendToUmaDB(_ choice: UmaDBChoice, _ tags: UmaDB.Tags, events: Int) throws -> Appended {
        let umadb = try UmaDB(folder, peers.umadb)
        defer { umadb.kill() }
        return try umadb.append(
            programme(.base), events: events, batch: choice.batch, connections: choice.connections, tags: tags)
    }

    private func bestOfUmaDB() throws -> UmaDBChoice {
        try best(of: UmaDBChoice.all(settings.batch), named: { "UmaDB, \($0.text)" }) { choice in
            try appendToUmaDB(choice, .none, events: min(settings.events, Choices.trialEvents)).rate
        }[0].candidate
    }

    func appendToNATS(ours: Double) throws {
        let connections = try choices.natsConnections ?? bestOfNATS()
        choices.natsConnections = connections
        let nats = try NATS(folder)
        defer { nats.kill() }
        let requests = try programme(.base).requests(of: settings.batch)
        let appended = try nats.append(programme(.base), requests[...], connections: connections)
        add(condition: nats.durability)
        add(condition: "NATS: asynchronous publish, \(connections) connection(s) with \(settings.batch) in flight each")
        add(Quantities.nats, appended.rate)
        add(Quantities.natsRatio, ours / appended.rate)
    }

    private func bestOfNATS() throws -> Int {
        let requests = try programme(.base).requests(of: settings.batch, limit: trialRequests)
        return try best(of: [1, 2, 4, 8], named: { "NATS, \($0) connection(s)" }) { connections in
            let nats = try NATS(folder)
            defer { nats.kill() }
            return try nats.append(programme(.base), requests[...], connections: connections).rate
        }[0].candidate
    }
}
