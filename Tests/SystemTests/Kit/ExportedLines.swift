import Foundation
import LedgerAPI

/// An export as a client takes it: whole, or refused.
struct ExportedLines {
    let beginning: ExportBeginning
    let lines: [JSONValue]

    /// - Throws: unless the last line says that the export is whole and counts right.
    init(_ target: String, _ client: HTTPClient) throws {
        let reply = try client.get(target)
        try require(reply.status == 200, "GET \(target) answers \(reply.status): \(reply.text.prefix(2_000))")
        try self.init(reply.body, of: target)
    }

    /// Values as texts, so that their order does not matter. Sorted keys: equal values have equal texts.
    static func texts(_ values: [JSONValue]) throws -> [String] {
        try values.map { String(decoding: try WireCoding.encode($0), as: UTF8.self) }.sorted()
    }

    init(_ body: [UInt8], of target: String) throws {
        let lines = body.split(separator: 10, omittingEmptySubsequences: false).dropLast()
        guard let first = lines.first, let last = lines.last, body.last == 10 else {
            throw SystemFailure("\(target) has no lines")
        }
        beginning = try WireCoding.decode(ExportBeginning.self, from: Data(first))
        let end = try WireCoding.decode(ExportEnd.self, from: Data(last))
        try require(end.end && end.count == lines.count - 2, "\(target) has \(lines.count) lines and says \(end.count)")
        self.lines = try lines.dropFirst().dropLast().map { try WireCoding.decode(JSONValue.self, from: Data($0)) }
    }
}
