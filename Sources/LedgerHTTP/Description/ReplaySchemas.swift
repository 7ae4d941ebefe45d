import LedgerAPI
import LedgerEngine

/// The schemas of replays, by name.
enum ReplaySchemas {
    static let all: [String: JSONValue] = [
        "ReplayOrder": order, "Replay": replay, "ReplayList": list(of: "Replay"), "Finding": finding,
        "FindingList": list(of: "Finding"),
    ]

    private static func list(of item: String) -> JSONValue {
        Schema.object([
            "items": Schema.list(of: Schema.reference(item)),
            "next": Schema.nullable(Schema.text("The cursor of the next page.")),
        ])
    }

    private static let kind = Schema.text(of: ReplayKind.allCases.map(\.rawValue))

    private static let order = Schema.object(
        [
            "kind": kind, "cores": Schema.number("Threads, at most as many as the machine has.", from: 1),
            "sharePercent": Schema.number("Of their time, 1 to 100.", from: 1),
            "policies": Schema.map(
                of: .object(["type": .string("object")]),
                "Of a whatif, which needs one: by kind, advocacy, tax or trust, the body as policy.published has it."),
            "position": Schema.number("Of a whatif: what was known."), "at": Schema.instant,
        ], optional: ["cores", "sharePercent", "policies", "position", "at"])

    private static let replay = Schema.object([
        "id": Schema.identifier, "kind": kind,
        "state": Schema.text(of: ["waiting", "running", "succeeded", "failed", "cancelled", "interrupted"]),
        "phase": Schema.nullable(Schema.text(of: ReplayPhase.allCases.map(\.rawValue))),
        "createdAt": Schema.instant, "startedAt": Schema.nullable(Schema.instant),
        "endedAt": Schema.nullable(Schema.instant), "attempt": Schema.number("Which attempt it is.", from: 1),
        "position": Schema.number("Where it stands."),
        "done": Schema.number("Steps of the phase: events, rows or influencers."),
        "total": Schema.number("All steps of the phase."),
        "eventsPerSecond": Schema.nullable(Schema.number("Steps a second.")),
        "secondsLeft": Schema.nullable(Schema.number("To the end of the phase.")),
        "cores": Schema.number("Threads.", from: 1), "sharePercent": Schema.number("Of their time.", from: 1),
        "findings": Schema.number("How many there are."),
        "error": Schema.nullable(Schema.text("What, and what to do.")),
        "keepsPrevious": Schema.flag, "verify": Schema.nullable(verify), "rebuild": Schema.nullable(rebuild),
        "whatif": Schema.nullable(whatif),
    ])

    private static let digest: JSONValue = .object([
        "type": .string("string"), "pattern": .string("^[0-9a-f]{64}$"), "description": .string("SHA-256."),
    ])

    private static let verify = Schema.object([
        "position": Schema.number("Up to where the log was read."), "sound": Schema.flag,
        "records": Schema.number("Records read."), "recordsSha256": digest,
        "readModels": Schema.list(
            of: Schema.object([
                "name": Schema.text(of: ["views", "index"]), "position": Schema.number("Where both were compared."),
                "rows": Schema.number("Rows or entries."), "sha256": digest, "expectedSha256": digest,
            ])),
    ])

    private static let rebuild = Schema.object([
        "position": Schema.number("Where it took over."), "rows": Schema.number("Rows that serve now."),
        "sha256": digest, "differences": Schema.number("Rows in which those that served before differed."),
    ])

    private static let whatif = Schema.object([
        "position": Schema.number("What was known."), "at": Schema.instant,
        "influencers": Schema.number("Evaluated."), "changed": Schema.number("Of them, with a change."),
        "policies": Schema.list(of: Schema.text(of: ["trust", "advocacy", "tax"])),
    ])

    private static let finding = Schema.object([
        "place": Schema.text(of: ReplayFinding.Place.allCases.map(\.rawValue)),
        "kind": Schema.text(of: ReplayFinding.Kind.allCases.map(\.rawValue)),
        "position": Schema.nullable(Schema.number("The event.")),
        "subject": Schema.nullable(Schema.text("The row, stream or identity, such as influencer/i-0001.")),
        "text": Schema.text("What was expected, what was found."),
    ])
}
