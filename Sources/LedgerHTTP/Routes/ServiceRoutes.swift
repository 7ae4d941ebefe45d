import Hummingbird
import LedgerAPI
import LedgerEngine

/// What operators and tools ask of the daemon itself.
enum ServiceRoutes {
    static let all = [
        Route(
            "/v1/status", "getStatus", "Version, head, read models, sizes and what else operators ask.",
            .json(schema: "Status"), problems: [.storageFailure]
        ) { call in
            try .json(StatusBody(try call.ledger.status()))
        },
        Route("/livez", "isLive", "The daemon runs.", .json(schema: "Health")) { _ in
            try .json(HealthBody(status: "ok", reasons: []))
        },
        Route(
            "/readyz", "isReady", "Whether the daemon should be asked; 503 with the reasons when not.",
            .json(schema: "Health")
        ) { call in
            switch call.ledger.readiness {
            case .ready: return try .json(HealthBody(status: "ok", reasons: []))
            case .notReady(let reasons):
                return try .json(HealthBody(status: "notReady", reasons: reasons), status: .serviceUnavailable)
            }
        },
        Route("/openapi.json", "getDescription", "This description, OpenAPI 3.1.", .json(schema: "Description")) { _ in
            try .json(APIDescription.document)
        },
    ]
}
