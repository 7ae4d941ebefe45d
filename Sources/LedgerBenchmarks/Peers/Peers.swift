import ArgumentParser
import FoundationEssentials

/// The servers that ours is compared with.
enum PeerName: String, ExpressibleByArgument, CaseIterable {
    case redis, umadb, nats
}

/// Which of them this run starts, and where they are.
struct Peers {
    var names: Set<PeerName>
    var umadb: UmaDB.Tools

    func contains(_ name: PeerName) -> Bool { names.contains(name) }

    /// Checks that each can be started, before anything is measured.
    /// - Returns: their versions.
    func versions() throws -> [String] {
        try PeerName.allCases.filter { names.contains($0) }.map { name in
            let version =
                switch name {
                case .redis: Redis.version()
                case .umadb: umadb.version
                case .nats: NATS.version()
                }
            guard let version else {
                throw BenchmarkFault("\(name.rawValue) is not installed: scripts/bench --peers installs it.")
            }
            return version
        }
    }
}

/// A way to add to a Redis stream, and whether as many events are in flight as ours have.
struct RedisChoice: Equatable {
    var connections: Int
    var form: RedisWire.Form
    /// Ours has 1 to 8 connections with a request each.
    var isLikeOurs: Bool { connections <= 8 && form == .pipeline }

    var text: String {
        switch form {
        case .pipeline: "pipelines on \(connections) connection(s)"
        case .transaction: "MULTI … EXEC on \(connections) connection(s)"
        }
    }

    /// All that are tried.
    static let all = [1, 2, 4, 8, 16, 50].flatMap { connections in
        [
            RedisChoice(connections: connections, form: .pipeline),
            RedisChoice(connections: connections, form: .transaction),
        ]
    }
}

/// A way to append to UmaDB.
struct UmaDBChoice {
    var batch: Int
    var connections: Int

    var text: String { "\(batch) a request, \(connections) Python processes" }

    /// All that are tried: those that did best by hand.
    static func all(_ batch: Int) -> [UmaDBChoice] {
        [(batch, 4), (5 * batch, 2), (5 * batch, 4)].map { UmaDBChoice(batch: $0, connections: $1) }
    }
}
