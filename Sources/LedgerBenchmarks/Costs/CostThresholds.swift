import FoundationEssentials

/// What an event may cost, by work and by counter: a small JSON file that is checked in.
///
///     {"append": {"allocations": 12.0, "instructions": 30000, …}, "rebuild": {…}, "single": {…}}
///
/// Every work and counter that is measured must be in it: a counter without a threshold would be held to nothing.
struct CostThresholds {
    private let values: [String: [String: Double]]

    init(path: String) throws {
        do {
            values = try JSONDecoder().decode(
                [String: [String: Double]].self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw BenchmarkFault("Cannot read the thresholds in \(path): \(error)")
        }
    }

    init(_ values: [String: [String: Double]]) {
        self.values = values
    }

    func threshold(_ work: CostWork, _ counter: CostCounter) throws -> Double {
        guard let threshold = values[work.rawValue]?[counter.rawValue] else {
            throw BenchmarkFault("There is no threshold for \(work.rawValue).\(counter.rawValue): add one.")
        }
        return threshold
    }
}

/// What is done while costs are counted.
enum CostWork: String, CaseIterable {
    /// Posts in batches of 1000.
    case append
    /// Posts of one event each.
    case single
    /// `views/` and `index/` from the log alone.
    case rebuild

    var title: String {
        switch self {
        case .append: "append, 1,000 a request"
        case .single: "append, one a request"
        case .rebuild: "rebuild"
        }
    }
}

/// What is counted.
enum CostCounter: String, CaseIterable {
    case allocations, systemCalls, writtenBytes, instructions

    var title: String {
        switch self {
        case .allocations: "allocations"
        case .systemCalls: "system calls"
        case .writtenBytes: "bytes written"
        case .instructions: "instructions"
        }
    }
}
