import Foundation
import LedgerAPI
import Testing

/// One history of the golden folder with the answer that is expected of it.
struct GoldenHistory: Sendable, CustomTestStringConvertible {
    /// One event of it, as its line says.
    struct Event: Sendable {
        var json: JSONValue
        /// The identity of what it retracts.
        var target: String?

        var identity: String { "\(json["source"]?.string ?? "") \(json["id"]?.string ?? "")" }
        var isPolicy: Bool { json["type"]?.string == "policy.published" }
    }

    let name: String
    let at: String
    let position: Int64?
    let events: [Event]
    /// The history's own lines, which are posted as they stand where the order is that of arrival.
    let lines: [[UInt8]]
    let expected: JSONValue

    var testDescription: String { name }

    /// All of them; none when the folder is not there.
    static let all: [GoldenHistory] = {
        guard Places.hasShared else { return [] }
        do {
            let folder = Places.shared.appendingPathComponent("golden")
            let index = try parse(folder.appendingPathComponent("index.json"))
            return try index.items.map { try GoldenHistory($0, folder) }
        } catch {
            preconditionFailure("the golden histories cannot be read: \(error)")
        }
    }()

    private static func parse(_ file: URL) throws -> JSONValue {
        try WireCoding.decode(JSONValue.self, from: Data(contentsOf: file))
    }

    private init(_ entry: JSONValue, _ folder: URL) throws {
        guard let name = entry["name"]?.string, let at = entry["at"]?.string else {
            throw SystemFailure("an entry of index.json has no name or no at")
        }
        self.name = name
        self.at = at
        position = entry["position"]?.integer
        expected = try Self.parse(folder.appendingPathComponent("\(name).expected.json"))
        lines = try Data(contentsOf: folder.appendingPathComponent("\(name).ndjson"))
            .split(separator: 10).map { [UInt8]($0) }
        var identities: [String] = []
        events = try lines.map { line in
            var event = Event(json: try WireCoding.decode(JSONValue.self, from: Data(line)))
            if !identities.contains(event.identity) { identities.append(event.identity) }
            if event.json["type"]?.string == "event.retracted", let position = event.json["data"]?["position"]?.integer
            {
                event.target = identities[Int(position) - 1]
            }
            return event
        }
    }

    /// Whether the order of arrival is part of what the history means.
    var isOrdered: Bool { position != nil || events.contains { $0.json["expectedrevision"] != nil } }

    // MARK: Other orders

    /// Its lines the other way round.
    func reversed() throws -> [[UInt8]] {
        try rewritten(behindTargets(keepingPolicies(Array(events.reversed()))) { $0.lowerBound })
    }

    /// Its lines in an order that only the seed decides.
    func shuffled(seed: UInt64) throws -> [[UInt8]] {
        var random = Random(seed: seed)
        return try rewritten(
            behindTargets(keepingPolicies(events.shuffled(using: &random))) { Int.random(in: $0, using: &random) })
    }

    /// The same with the policies in the order of arrival, in the places that policies have.
    private func keepingPolicies(_ events: [Event]) -> [Event] {
        var policies = self.events.filter(\.isPolicy).makeIterator()
        return events.map { $0.isPolicy ? policies.next() ?? $0 : $0 }
    }

    /// The same with each retraction behind what it retracts, in a place of those that `place` picks.
    private func behindTargets(_ events: [Event], _ place: (ClosedRange<Int>) -> Int) -> [Event] {
        var ordered = events.filter { $0.target == nil }
        for retraction in events.filter({ $0.target != nil }) {
            let first = ordered.firstIndex { $0.identity == retraction.target } ?? -1
            ordered.insert(retraction, at: place(first + 1...ordered.count))
        }
        return ordered
    }

    /// The lines of these events, each retraction with the position that its target has now.
    private func rewritten(_ events: [Event]) throws -> [[UInt8]] {
        var positions: [String: Int64] = [:]
        return try events.map { event in
            if positions[event.identity] == nil { positions[event.identity] = Int64(positions.count + 1) }
            guard let target = event.target, case .object(var members) = event.json,
                case .object(var data)? = members["data"]
            else { return [UInt8](try WireCoding.encode(event.json)) }
            guard let position = positions[target] else { throw SystemFailure("a retraction before its target") }
            data["position"] = .integer(position)
            members["data"] = .object(data)
            return [UInt8](try WireCoding.encode(JSONValue.object(members)))
        }
    }
}
