import CampaignCoding
import EventLog
import LedgerAPI
import LedgerEngine

/// What the body of `POST /v1/replays` asks for: each value in its form, and all of them together possible.
struct ReplayAsked {
    let request: ReplayRequest

    /// - Throws: `ReplayOrderFaults` for what the body says, `ProblemDetails` for a position that is not there yet.
    init(_ call: RouteCall) throws {
        let order = try ReplayOrderReader.read(
            call.body, kinds: ReplayKind.allCases.map(\.rawValue), tables: Self.tables)
        // The reader lets through no other.
        guard let kind = ReplayKind(rawValue: order.kind) else {
            preconditionFailure("the reader let through a kind of replay that there is not")
        }
        let faults = Self.faults(order, kind)
        guard faults.isEmpty else { throw ReplayOrderFaults(faults: faults, total: faults.count) }
        let position = order.position.map { Position(UInt64($0)) }
        if let position, position > call.ledger.head {
            throw ErrorMapping.problem(for: .positionBeyondHead(position, head: call.ledger.head))
        }
        var pace = call.ledger.replayPace
        if let cores = order.cores { pace.cores = cores }
        if let sharePercent = order.sharePercent { pace.sharePercent = sharePercent }
        let question = order.policies.map { policies in
            WhatIfQuestion(
                policies: policies.map { .init($0.kind, $0.parameters) }, position: position, at: order.at)
        }
        request = ReplayRequest(kind, pace: pace, whatIf: question)
    }

    private static let tables = CatalogueTables()

    /// What does not go together, or with this machine.
    private static func faults(_ order: ReplayOrder, _ kind: ReplayKind) -> [Fault] {
        var faults: [Fault] = []
        if let cores = order.cores, cores > ReplayPace.coresMax {
            faults.append(
                Fault(
                    index: nil, code: .invalidField, pointer: "/cores",
                    expected: "a whole number from 1 to \(ReplayPace.coresMax), the cores of this machine",
                    found: "\(cores)"))
        }
        if kind == .whatif {
            if order.policies == nil {
                faults.append(
                    Fault(
                        index: nil, code: .missingField, pointer: "/policies",
                        expected: "an object of one or more of trust, advocacy, tax", found: "nothing"))
            }
            return faults
        }
        let given: [(String, Bool)] = [
            ("policies", order.policies != nil), ("position", order.position != nil), ("at", order.at != nil),
        ]
        for (name, isGiven) in given where isGiven {
            faults.append(
                Fault(
                    index: nil, code: .unknownField, pointer: "/\(name)", expected: "\(name) only with whatif",
                    found: "it with \(kind.rawValue)"))
        }
        return faults
    }
}
