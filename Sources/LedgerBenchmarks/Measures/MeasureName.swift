import ArgumentParser

/// The measures, by the names of the command line, in the order in which they run: those that add to a filled ledger
/// come after those that need it as it is.
enum MeasureName: String, ExpressibleByArgument, CaseIterable, Codable {
    case append
    case memory
    case disk
    case rawLMDB = "raw-lmdb"
    case appendRandom = "append-random"
    case single
    case connections
    case rebuild
    case queries
    case lists
    case visibility
    case restart
    case growth
    case costs

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }

    var abstract: String {
        switch self {
        case .append: "durable posts in batches, projections live; against the peers"
        case .memory: "memory not backed by files, under that load"
        case .disk: "bytes on disk for each byte posted"
        case .rawLMDB: "the same against a C program that only appends to LMDB"
        case .appendRandom: "the same with random ids"
        case .single: "one client, one event a request"
        case .connections: "many connections, one event a request"
        case .rebuild: "read models and indexes from the log alone"
        case .queries: "trust of one influencer, while events arrive"
        case .lists: "the first page of sorted lists of influencers, while events arrive"
        case .visibility: "from the acknowledgement to every projection, while events arrive"
        case .restart: "after SIGKILL under load"
        case .growth: "the rate of appends when the ledger is large"
        case .costs: "instructions, allocations, system calls and bytes written for each event"
        }
    }
}
