import LedgerAPI

/// The schemas of posts, problems and what operators ask, by name.
enum ServiceSchemas {
    static let all: [String: JSONValue] = [
        "AppendAnswer": Schema.object(
            [
                "head": Schema.number("The log's head after the request."),
                "recorded": Schema.number("How many new events were recorded."),
                "positions": Schema.list(
                    of: Schema.tuple([Schema.number("First.", from: 1), Schema.number("Last.", from: 1)])),
                "repeats": Schema.list(
                    of: Schema.object([
                        "index": Schema.number("In the request, from 0."),
                        "position": Schema.number("The position it had.", from: 1),
                    ])),
                "ahead": Schema.list(of: Schema.number("The index of an event dated ahead of the clock.")),
            ], optional: ["ahead"]),
        "CloudEvent": cloudEvent,
        "Problem": problem,
        "ProblemFault": Schema.object([
            "index": Schema.nullable(Schema.number("The event's index in the request, from 0.")),
            "code": Schema.text("Permanent."), "pointer": Schema.text("JSON Pointer within the event."),
            "expected": Schema.text("What was expected."), "found": Schema.text("What was found."),
            "remedy": Schema.text("What to do."),
        ]),
        "Status": status,
        "Health": Schema.object([
            "status": Schema.text(of: ["ok", "notReady"]), "reasons": Schema.list(of: Schema.text("A sentence.")),
        ]),
        "Description": .object(["type": .string("object"), "description": .string("OpenAPI 3.1.")]),
    ]

    private static let cloudEvent: JSONValue = .object([
        "type": .string("object"),
        "description": .string(
            "A CloudEvent 1.0. What the ledger gives out also has sequence, its position, and recordedtime."),
        "properties": .object([
            "specversion": Schema.text(of: ["1.0"]), "id": Schema.text("1 to 128 characters of 0x21 to 0x7E."),
            "source": Schema.text("A URI-reference; with id the event's identity, for ever."),
            "type": Schema.text("A name of the catalogue."), "time": Schema.instant,
            "subject": Schema.text("The event's stream."), "datacontenttype": Schema.text("application/json."),
            "dataschema": Schema.text("urn:campaign-ledger:TYPE:N."),
            "sequence": .object(["type": .string("string"), "pattern": .string("^[0-9]{20}$")]),
            "recordedtime": Schema.instant, "data": .object(["type": .string("object")]),
        ]),
        "required": .array(["specversion", "id", "source", "type", "time", "data"].map { .string($0) }),
    ])

    private static let problem = Schema.object(
        [
            "type": Schema.text("urn:campaign-ledger:problem:CODE."), "title": Schema.text("What kind it is."),
            "status": Schema.number("The HTTP status.", from: 400), "detail": Schema.text("This occurrence."),
            "code": Schema.text("Permanent: a code of this description, or of an event's first fault."),
            "remedy": Schema.text("What to do."), "retry": Schema.flag,
            "pointer": Schema.text("JSON Pointer of the first fault within its event."),
            "index": Schema.number("The first fault's event in the request, from 0."),
            "errors": Schema.list(of: Schema.reference("ProblemFault")),
            "errorsTotal": Schema.number("How many faults there are, where not all are listed."),
            "allow": Schema.text("The methods that the path takes, where this one is not among them."),
        ], optional: ["pointer", "index", "errors", "errorsTotal", "allow"])

    private static let status = Schema.object([
        "version": Schema.text("Of the program."), "ledgerId": Schema.text("Of the ledger, for ever."),
        "dataDirectory": Schema.text("Where the ledger lies, from the root."),
        "head": Schema.number("The log's head."),
        "readModels": Schema.list(
            of: Schema.object([
                "name": Schema.text("views, index or lists."),
                "version": Schema.nullable(Schema.number("Of the fold that made it; null if it is in memory only.")),
                "beingReplaced": Schema.nullable(Schema.flag),
                "position": Schema.number("What answers have seen."),
                "checkpointPosition": Schema.number("What is durable in it."),
                "lagEvents": Schema.number("Events behind the head."),
                "lagSeconds": Schema.number("Seconds since the oldest event not yet seen was recorded."),
                "idle": Schema.flag,
            ])),
        "sizes": Schema.list(
            of: Schema.object([
                "name": Schema.text("log, views or index."), "bytes": Schema.number("On disk."),
                "mapBytes": Schema.number("What it can grow to."), "usedBytes": Schema.number("In use."),
            ])),
        "oldestReaderSeconds": Schema.number("How long the oldest read transaction has been open."),
        "queueDepth": Schema.number("Posts that wait for the writer."),
        "durability": Schema.text("How an acknowledged event is kept."), "readOnly": Schema.flag,
        "readOnlyReason": Schema.nullable(Schema.text("Why.")),
        "troubles": Schema.list(of: Schema.text("A sentence.")),
        "warnings": Schema.list(of: Schema.text("A sentence.")),
        "heartbeats": Schema.list(
            of: Schema.object([
                "component": Schema.text(of: ["writer", "projector", "checkpointer", "indexer", "lists"]),
                "ageMilliseconds": Schema.number("Since its last sign of life; 0 while it has nothing to do."),
            ])),
        "disk": Schema.nullable(
            Schema.object([
                "freeBytes": Schema.number("What may still be written."), "bytes": Schema.number("The disk's size."),
                "secondsUntilFull": Schema.nullable(Schema.number("At the rate of the last minutes.")),
            ])),
        "uptimeSeconds": Schema.number("Since the start."),
    ])
}
