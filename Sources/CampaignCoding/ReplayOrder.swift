internal import CSimdjson
package import CampaignDomain

/// What the body of a request that starts a replay says, each value in its form. Which of them go together is for whoever
/// takes it; so is what a machine has.
package struct ReplayOrder: Sendable, Equatable {
    /// A kind of policy with its parameters, in the order of its table, as facts of `policy.published` have them.
    package struct Policy: Sendable, Equatable {
        package let kind: PolicyKind
        package let parameters: [Int64]
    }

    /// One of the kinds that were given to the reader.
    package internal(set) var kind = ""
    /// At least 1.
    package internal(set) var cores: Int?
    /// 1 to 100.
    package internal(set) var sharePercent: Int?
    /// In the order of the kinds; nil where the body names no policies.
    package internal(set) var policies: [Policy]?
    package internal(set) var position: Int64?
    package internal(set) var at: Instant?
}

/// Why an order is refused: at least one fault, and how many there are with those that are not told.
package struct ReplayOrderFaults: Error, Sendable, Equatable {
    package let faults: [Fault]
    package let total: Int

    package init(faults: [Fault], total: Int) {
        self.faults = faults
        self.total = total
    }
}

/// Reads orders: an object whose names are all known, each there once. Policies are read as `policy.published` is.
package enum ReplayOrderReader {
    /// - Parameters:
    ///   - body: the whole text.
    ///   - kinds: those that `kind` can be.
    package static func read(
        _ body: [UInt8], kinds: [String], tables: CatalogueTables
    ) throws(ReplayOrderFaults) -> ReplayOrder {
        let parser = JSONParser(tables: tables)
        let outcome = body.withUnsafeBytes { text -> Result<ReplayOrder, ReplayOrderFaults> in
            guard parser.parse(text, isPadded: false) else {
                let fault = parser.fault(index: nil, text: text)
                return .failure(ReplayOrderFaults(faults: [fault], total: 1))
            }
            let reading = OrderReading(parser, tables, kinds)
            let order = reading.order()
            let (faults, total) = reading.faults
            return total == 0 ? .success(order) : .failure(ReplayOrderFaults(faults: faults, total: total))
        }
        return try outcome.get()
    }
}

/// The reading of one order.
private struct OrderReading {
    private let reader: FieldReader
    private let parser: JSONParser
    private let kinds: [String]

    init(_ parser: JSONParser, _ tables: CatalogueTables, _ kinds: [String]) {
        self.parser = parser
        self.kinds = kinds
        reader = FieldReader(tables: tables, parser: parser)
        reader.nodes = parser.nodes
        reader.root = ""
    }

    var faults: ([Fault], Int) { (reader.faults, reader.faultCount) }

    func order() -> ReplayOrder {
        var order = ReplayOrder()
        let nodes = parser.nodes
        guard nodes[0].is(.object) else {
            reader.reportInvalid(at: 0, [], expected: "an object")
            return order
        }
        var member = 1
        while member < Int(nodes[0].next) {
            read(String(decoding: nodes[member].keyText, as: UTF8.self), at: member, into: &order)
            member = Int(nodes[member].next)
        }
        if order.kind.isEmpty, reader.faultCount == 0 { reader.reportMissing(["kind"], expected: kindExpectation) }
        return order
    }

    private var kindExpectation: String { "one of " + kinds.joined(separator: ", ") }

    /// A number that a path's parameter of the same name takes too.
    private static let positions: ClosedRange<Int64> = 0...CodingLimits.exactIntegerMax
    /// Machines have fewer.
    private static let cores: ClosedRange<Int64> = 1...1024
    private static let shares: ClosedRange<Int64> = 1...100

    private func read(_ name: String, at node: Int, into order: inout ReplayOrder) {
        let value = parser.nodes[node]
        switch name {
        case "kind":
            let kind = String(decoding: value.text, as: UTF8.self)
            guard value.is(.string), kinds.contains(kind) else {
                return reader.reportInvalid(at: node, [name], expected: kindExpectation)
            }
            order.kind = kind
        case "cores": order.cores = integer(at: node, name, Self.cores).map { Int($0) }
        case "sharePercent": order.sharePercent = integer(at: node, name, Self.shares).map { Int($0) }
        case "position": order.position = integer(at: node, name, Self.positions)
        case "at":
            guard value.is(.string), let at = Instant(rfc3339: value.text) else {
                return reader.reportInvalid(at: node, [name], expected: Expectation.instant)
            }
            order.at = at
        case "policies": order.policies = policies(at: node, [name])
        default:
            reader.reportUnknown(
                at: node, in: [], expected: "only kind, cores, sharePercent, policies, position and at")
        }
    }

    private func integer(at node: Int, _ name: String, _ range: ClosedRange<Int64>) -> Int64? {
        let value = parser.nodes[node]
        guard value.is(.integer), range.contains(value.integer) else {
            reader.reportInvalid(at: node, [name], expected: Expectation.integer(range))
            return nil
        }
        return value.integer
    }

    private func policies(at node: Int, _ place: [String]) -> [ReplayOrder.Policy]? {
        let nodes = parser.nodes
        let names = PolicyKind.allCases.map { "\($0)" }
        let expected = "an object of one or more of " + names.joined(separator: ", ")
        guard nodes[node].is(.object), nodes[node].count > 0 else {
            reader.reportInvalid(at: node, place, expected: expected)
            return nil
        }
        var policies: [ReplayOrder.Policy] = []
        var member = node + 1
        while member < Int(nodes[node].next) {
            let name = String(decoding: nodes[member].keyText, as: UTF8.self)
            if let kind = PolicyKind.allCases.first(where: { "\($0)" == name }) {
                if !nodes[member].is(.object) {
                    reader.reportInvalid(
                        at: member, place + [name], expected: Expectation.form(.policyBody))
                } else if reader.readPolicy(kind, at: member, place + [name]) {
                    policies.append(ReplayOrder.Policy(kind: kind, parameters: reader.parameters))
                }
            } else {
                reader.reportUnknown(at: member, in: place, expected: expected)
            }
            member = Int(nodes[member].next)
        }
        return policies.sorted { $0.kind.rawValue < $1.kind.rawValue }
    }
}
