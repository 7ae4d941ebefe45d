/// Something that is measured. Its name is permanent, for machines.
struct Quantity: Sendable {
    let name: String
    /// For people.
    let title: String
    let unit: String
    /// What the project holds itself to, under the conditions of the full form.
    var mark: Mark?
    /// Whether the short table has it: what has a mark, and what a reader needs beside it.
    let isHeadline: Bool

    init(_ name: String, _ title: String, _ unit: String, _ mark: Mark? = nil, isHeadline: Bool = false) {
        self.name = name
        self.title = title
        self.unit = unit
        self.mark = mark
        self.isHeadline = isHeadline || mark != nil
    }
}

/// Two bounds: what has to hold, and what is aimed at.
struct Mark: Sendable {
    enum Direction: Sendable {
        case atLeast
        case atMost
    }

    enum Verdict: String, Sendable {
        /// As good as the goal.
        case goal
        /// What has to hold does.
        case holds
        case missed
        /// Nothing has to hold, and the goal is not reached.
        case belowGoal
    }

    let direction: Direction
    /// What has to hold; nil if there is only a goal.
    let required: Double?
    let goal: Double?

    static func atLeast(_ required: Double?, goal: Double? = nil) -> Mark {
        Mark(direction: .atLeast, required: required, goal: goal)
    }

    static func atMost(_ required: Double?, goal: Double? = nil) -> Mark {
        Mark(direction: .atMost, required: required, goal: goal)
    }

    func verdict(on value: Double) -> Verdict {
        if let goal, meets(goal, value) { return .goal }
        guard let required else { return .belowGoal }
        return meets(required, value) ? .holds : .missed
    }

    private func meets(_ bound: Double, _ value: Double) -> Bool {
        switch direction {
        case .atLeast: value >= bound
        case .atMost: value <= bound
        }
    }
}

/// A quantity's values, one a round.
struct Figure {
    let quantity: Quantity
    private(set) var values: [Double]

    init(_ quantity: Quantity, _ value: Double) {
        self.quantity = quantity
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

    /// What the median is worth; nil without a mark.
    var verdict: Mark.Verdict? { quantity.mark?.verdict(on: median) }
}

/// What one measure found, with its conditions.
struct Section {
    let name: MeasureName
    /// One sentence each, in the order in which they came up.
    private(set) var conditions: [String] = []
    /// In the order in which they first came up.
    private(set) var figures: [Figure] = []

    init(_ name: MeasureName) {
        self.name = name
    }

    mutating func add(_ quantity: Quantity, _ value: Double) {
        if let index = figures.firstIndex(where: { $0.quantity.name == quantity.name }) {
            figures[index].add(value)
        } else {
            figures.append(Figure(quantity, value))
        }
    }

    mutating func add(condition: String) {
        if !conditions.contains(condition) { conditions.append(condition) }
    }
}
