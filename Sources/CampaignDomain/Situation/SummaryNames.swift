/// Numbers for the names that lists of influencers are filtered by: platforms, topics, campaigns. One table is shared by
/// all summaries of a list. Names are never taken out: there are at most as many as the ledger's events name.
public struct SummaryNames: Sendable {
    private var numbers: [String: UInt32] = [:]

    public init() {}

    /// How many names there are.
    public var count: Int { numbers.count }

    /// The number of a name, which is added if it is new.
    public mutating func number(of name: String) -> UInt32 {
        if let known = numbers[name] { return known }
        let number = UInt32(numbers.count)
        numbers[name] = number
        return number
    }

    /// The number of a name that is here.
    public func find(_ name: String) -> UInt32? { numbers[name] }
}
