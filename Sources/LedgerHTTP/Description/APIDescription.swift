import LedgerAPI

/// The API as an OpenAPI 3.1 document, made of the routes that are served: what is not here is not there.
enum APIDescription {
    static let document: JSONValue = .object([
        "openapi": .string("3.1.0"),
        "info": .object([
            "title": .string("Campaign Ledger"), "version": .string("1"),
            "description": .string(
                """
                The facts of an influencer programme, recorded once and for ever, and what follows from them. Served on a \
                Unix socket; the host of a request is not looked at.
                """),
            "license": .object(["name": .string("MIT"), "identifier": .string("MIT")]),
        ]),
        "servers": .array([.object(["url": .string("http://ledger")])]),
        "paths": .object(paths),
        "components": .object([
            "schemas": .object(
                AnswerSchemas.all.merging(PartSchemas.all) { _, other in other }
                    .merging(AuditSchemas.all) { _, other in other }
                    .merging(ServiceSchemas.all) { _, other in other }
                    .merging(ReasonSchemas.all) { _, other in other }
                    .merging(ReplaySchemas.all) { _, other in other }
                    .merging(ChangeSchemas.all) { _, other in other }),
            "responses": .object(problems),
        ]),
    ])

    private static let paths: [String: JSONValue] = {
        var paths: [String: [String: JSONValue]] = [:]
        for route in RouteTable.all.routes {
            paths[route.path, default: [:]][route.method.lowercased()] = .object(operation(route))
        }
        return paths.mapValues { .object($0) }
    }()

    private static func operation(_ route: Route) -> [String: JSONValue] {
        let inPath = pathParameters(route.path)
        let inQuery = route.parameters.map(parameter)
        var operation: [String: JSONValue] = [
            "operationId": .string(route.operation), "summary": .string(route.summary),
            "responses": .object(responses(of: route)),
        ]
        if !inPath.isEmpty || !inQuery.isEmpty { operation["parameters"] = .array(inPath + inQuery) }
        if route.handler == nil { operation["requestBody"] = requestBody }
        if let body = route.body {
            operation["requestBody"] = .object([
                "required": .bool(true), "description": .string("\(body.meaning) At most \(body.bytesMax) bytes."),
                "content": .object([MediaType.json: media(body.schema)]),
            ])
        }
        return operation
    }

    private static func pathParameters(_ path: String) -> [JSONValue] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { part in
            let name = String(part.dropFirst().dropLast())
            let schema =
                switch name {
                case "position": Schema.number("A position.", from: 1)
                case "kind": Schema.text(of: ["advocacy", "tax", "trust"])
                default: Schema.identifier
                }
            return .object([
                "name": .string(name), "in": .string("path"), "required": .bool(true), "schema": schema,
            ])
        }
    }

    private static func parameter(_ spec: ParameterSpec) -> JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(spec.name), "in": .string("query"), "required": .bool(spec.isRequired),
            "description": .string(spec.meaning), "schema": schema(of: spec.form),
        ]
        if spec.isRepeatable { members["explode"] = .bool(true) }
        return .object(members)
    }

    private static func schema(of form: ParameterSpec.Form) -> JSONValue {
        switch form {
        case .flag: Schema.flag
        case .instant: Schema.instant
        case .day: Schema.date
        case .identifier: Schema.identifier
        case .position: Schema.number("A position; 0 is before the first event.")
        case .number(let range):
            .object([
                "type": .string("integer"), "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)),
            ])
        case .cursor: Schema.text("The next of the page before.")
        case .subject: Schema.text("influencer/ID, campaign/ID or policy/KIND.")
        case .word(let words): Schema.text(of: words)
        case .currency: Schema.text("ISO 4217.")
        case .duration: Schema.text("Seconds, or a number with s, m, h or d; at least 1 s.")
        case .score: Schema.text("A decimal from 0 to 100 with up to four places.")
        case .topic: Schema.text("1 to 40 of a to z, 0 to 9 and -.")
        case .words(let words): Schema.list(of: Schema.text(of: words))
        }
    }

    private static let requestBody: JSONValue = .object([
        "required": .bool(true),
        "description": .string(
            """
            Up to 10,000 events or 16 MiB. In binary content mode the attributes are ce- header fields and the body is the \
            data.
            """),
        "content": .object([
            MediaType.cloudEvent: media("CloudEvent"),
            MediaType.cloudEventBatch: .object(["schema": Schema.list(of: Schema.reference("CloudEvent"))]),
            MediaType.ndjson: .object(["schema": Schema.text("One CloudEvent a line.")]),
            MediaType.json: .object(["schema": .object(["type": .string("object")])]),
        ]),
    ])

    private static func media(_ schema: String) -> JSONValue {
        .object(["schema": Schema.reference(schema)])
    }

    private static func responses(of route: Route) -> [String: JSONValue] {
        var responses: [String: JSONValue] = [:]
        for (status, meaning) in route.successes {
            responses["\(status)"] = .object([
                "description": .string(meaning ?? route.summary), "content": content(route),
            ])
        }
        if route.handler == nil {
            for (status, name) in [("409", "Conflict"), ("422", "Refused")] { responses[status] = reference(name) }
        }
        for status in Set(codes(of: route).map(\.entry.status)).sorted() where responses[String(status)] == nil {
            responses[String(status)] = reference("Problem\(status)")
        }
        if route.path == "/readyz" {
            responses["503"] = .object(["description": .string("Not ready."), "content": content(route)])
        }
        return responses
    }

    /// A route's own problems, and those of every route.
    private static func codes(of route: Route) -> [ProblemCode] {
        let everywhere: [ProblemCode] = [
            .badRequest, .unknownParameter, .headersTooLarge, .requestTimeout, .internalFailure,
        ]
        var codes = route.problems + everywhere
        if route.parameters.contains(where: \.isRequired) { codes.append(.missingParameter) }
        if route.body != nil { codes.append(.invalidParameter) }
        if !route.parameters.isEmpty { codes += [.repeatedParameter, .invalidParameter] }
        return codes
    }

    private static func reference(_ name: String) -> JSONValue {
        .object(["$ref": .string("#/components/responses/\(name)")])
    }

    private static func content(_ route: Route) -> JSONValue {
        switch route.content {
        case .json(let schema): .object([MediaType.json: media(schema)])
        case .lines(let schemas): .object([MediaType.ndjson: .object(["schema": Schema.text(schemas)])])
        case .progress(let events): .object([MediaType.eventStream: .object(["schema": Schema.text(events)])])
        case .text(let type): .object([type: .object(["schema": Schema.text(route.summary)])])
        case .event: .object([MediaType.cloudEvent: media("CloudEvent")])
        case .events:
            .object([
                MediaType.ndjson: .object(["schema": Schema.text("One CloudEvent a line.")]),
                MediaType.eventStream: .object(["schema": Schema.text("The position as id, the CloudEvent as data.")]),
            ])
        }
    }

    /// A response for each status that a problem can have, with the codes it stands for.
    private static let problems: [String: JSONValue] = {
        var responses: [String: JSONValue] = [
            "Conflict": problem("identityConflict, revisionMismatch: in conflict with what is recorded."),
            "Refused": problem("Refused with every fault found, up to \(ProblemDetails.errorsMax)."),
        ]
        for (status, codes) in Dictionary(grouping: ProblemCode.allCases, by: \.entry.status) {
            responses["Problem\(status)"] = problem(
                codes.map { "\($0.rawValue): \($0.entry.cause) \($0.entry.remedy)" }.joined(separator: "\n"))
        }
        return responses
    }()

    private static func problem(_ description: String) -> JSONValue {
        .object([
            "description": .string(description),
            "content": .object([MediaType.problem: .object(["schema": Schema.reference("Problem")])]),
        ])
    }
}
