import ArgumentParser

/// The benchmarks, by the names of the command line.
enum BenchmarkName: String, ExpressibleByArgument, CaseIterable {
    case append, rebuild, restart, latency

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    var abstract: String {
        switch self {
        case .append: "durable posts in batches, projections live"
        case .rebuild: "read models from the log alone, start included"
        case .restart: "after SIGKILL"
        case .latency: "durable posts of one event each"
        }
    }
}
