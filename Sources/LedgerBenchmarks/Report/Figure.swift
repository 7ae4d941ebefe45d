/// What one benchmark measures: its name is permanent, for machines.
struct Measure: Sendable {
    let name: String
    /// For people.
    let title: String
    let unit: String
    /// What the project holds itself to, at the full size.
    var mark: Mark?

    enum Mark: Sendable {
        case atLeast(Double)
        case atMost(Double)

        func isMet(by value: Double) -> Bool {
            switch self {
            case .atLeast(let bound): value >= bound
            case .atMost(let bound): value <= bound
            }
        }
    }

    init(_ name: String, _ title: String, _ unit: String, _ mark: Mark? = nil) {
        self.name = name
        self.title = title
        self.unit = unit
        self.mark = mark
    }
}

/// A measure's values, one a round.
struct Figure {
    let measure: Measure
    private(set) var values: [Double]

    init(_ measure: Measure, _ value: Double) {
        self.measure = measure
        values = [value]
    }

    mutating func add(_ value: Double) {
        values.append(value)
    }

    var median: Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var least: Double { values.min() ?? 0 }
    var most: Double { values.max() ?? 0 }
}

/// The figures of one benchmark in the order in which it first gave them.
struct FigureList {
    private(set) var figures: [Figure] = []

    mutating func add(_ measure: Measure, _ value: Double) {
        if let index = figures.firstIndex(where: { $0.measure.name == measure.name }) {
            figures[index].add(value)
        } else {
            figures.append(Figure(measure, value))
        }
    }
}
