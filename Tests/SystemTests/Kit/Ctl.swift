import Foundation
import Glibc
import LedgerAPI

/// `campaignctl`, run to its end.
enum Ctl {
    static func run(_ arguments: [String]) throws -> Subprocess.Outcome {
        try Subprocess.run(
            Places.program("campaignctl"), arguments, environment: Subprocess.environment(), timeoutSeconds: 60)
    }

    /// What it prints as JSON; it has to be done.
    static func json(_ arguments: [String]) throws -> JSONValue {
        let outcome = try run(arguments)
        try require(
            outcome.status == 0, "campaignctl \(arguments.joined(separator: " ")): \(outcome.status) \(outcome.errors)")
        return try WireCoding.decode(JSONValue.self, from: Data(outcome.output))
    }

    static func number(_ answer: JSONValue, _ name: String) throws -> UInt64 {
        guard let number = answer[name]?.integer.map({ UInt64($0) }) else {
            throw SystemFailure("\(answer) has no \(name)")
        }
        return number
    }
}
