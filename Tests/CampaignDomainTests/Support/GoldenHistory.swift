import CampaignDomain
import Foundation
import Testing

/// One history of the shared folder with the answer that is expected of it.
struct GoldenHistory: Sendable, CustomTestStringConvertible {
    let name: String
    let asOf: AsOf
    let events: [HistoryEvent]
    let expected: JSONValue

    var testDescription: String { name }

    /// All of them; none when the folder is not there.
    static let all: [GoldenHistory] = {
        guard SharedFolder.isThere else { return [] }
        do {
            let index = try JSONValue(
                parsing: Data(contentsOf: SharedFolder.golden.appendingPathComponent("index.json")))
            return try index.array!.map { try GoldenHistory($0) }
        } catch {
            fatalError("golden histories cannot be read: \(error)")
        }
    }()

    private init(_ entry: JSONValue) throws {
        name = entry["name"]!.string!
        let position = entry["position"]?.int.map { FactPosition(UInt64($0)) }
        asOf = AsOf(at: Instant(entry["at"]!.string!), position: position)
        let folder = SharedFolder.golden
        expected = try JSONValue(parsing: Data(contentsOf: folder.appendingPathComponent(name + ".expected.json")))
        let lines = try String(contentsOf: folder.appendingPathComponent(name + ".ndjson"), encoding: .utf8)
        var events: [HistoryEvent] = []
        var identities: [String] = []
        for line in lines.split(separator: "\n") {
            let json = try JSONValue(parsing: Data(line.utf8))
            var event = HistoryEvent(
                source: json["source"]!.string!, id: json["id"]!.string!, type: json["type"]!.string!,
                time: Instant(json["time"]!.string!), data: json["data"]!.object!)
            if !identities.contains(event.identity) { identities.append(event.identity) }
            if event.type == "event.retracted" { event.retracts = identities[Int(event.data["position"]!.int!) - 1] }
            events.append(event)
        }
        self.events = events
    }
}
