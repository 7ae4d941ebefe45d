import Foundation
import LedgerAPI

/// Answers asked for while a ledger held no more than the first P events, kept to be held against those that it gives
/// for `position=P` once it holds them all.
struct AsOfCheck {
    /// A point of the log and an instant.
    struct Point {
        var position: UInt64
        var at: String
        /// Paths without `at` and `position`, each ending in `?` or `&`.
        var paths: [String]
    }

    private struct Asked {
        var point: Point
        var path: String
        var reply: HTTPReply
    }

    private var asked: [Asked] = []

    var count: Int { asked.count }

    /// Asks a ledger that holds the first events up to the point and no more.
    mutating func ask(_ point: Point, _ client: HTTPClient) throws {
        for path in point.paths {
            let reply = try client.get("\(path)at=\(point.at)&minPosition=\(point.position)")
            // Who is not known as of the point is not found, with the same words.
            try require([200, 404].contains(reply.status), "\(path) answers \(reply.status): \(reply.text)")
            if reply.status == 200 {
                let standing = "\"position\":\(point.position)"
                try require(reply.text.contains(standing), "\(path) is not of \(point.position): \(reply.text)")
            }
            asked.append(Asked(point: point, path: path, reply: reply))
        }
    }

    /// Asks again, now for the position; every answer has to be the same but for `head`.
    func compare(_ client: HTTPClient, head: UInt64) throws {
        for question in asked {
            let position = question.point.position
            let target = "\(question.path)at=\(question.point.at)&position=\(position)"
            let reply = try client.get(target)
            let then = question.reply
            try require(reply.status == then.status, "GET \(target) answers \(reply.status), then \(then.status)")
            // Equal answers are equal bytes: only what is not has to be read.
            let expected = then.text.replacing("\"head\":\(position),", with: "\"head\":\(head),")
            guard reply.text != expected else { continue }
            let differences = JSONDifference.between(
                expected: try Self.json(expected), found: try Self.json(reply.text))
            try require(differences.isEmpty, "GET \(target): \(differences.prefix(5).joined(separator: "; "))")
        }
    }

    /// Without its cursor, which says what was asked for.
    private static func json(_ text: String) throws -> JSONValue {
        let answer = try WireCoding.decode(JSONValue.self, from: Data(text.utf8))
        return answer["next"] == .null ? answer : answer.without(["next"])
    }
}
