import CampaignDomain
import EventLog
import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// `/v1/events` and what lies below.
enum EventRoutes {
    /// What reading events takes.
    static let parameters = [
        ParameterSpec("after", .position, "Events after this position; 0 without it."),
        ParameterSpec("limit", .number(1...Int.max), "The most events; all of them without it."),
        ParameterSpec(
            "type", .words(Catalogue.standard.versions.compactMap { $0.last?.name }), "Events of these types."),
        ParameterSpec("since", .instant, "Events with time from this instant on."),
        ParameterSpec("until", .instant, "Events with time up to this instant."),
        ParameterSpec("follow", .flag, "Go on with new events as they are recorded."),
        .minPosition,
    ]

    static let all = [
        Route(
            append: AppendPlan.path, "appendEvents",
            "Records events, all or none: one, an array, one a line, or one in binary content mode.",
            parameters: AppendPlan.described),
        Route(
            "/v1/events", "listEvents", "The log as CloudEvents, one a line or as server-sent events.", .events,
            parameters: parameters + [
                ParameterSpec("subject", .subject, "Events of this stream."),
                ParameterSpec("poster", .flag, "Say of each event who posted it: recordeduid and recordeduser."),
            ],
            problems: [.notAcceptable, .corruptRecord, .storageFailure, .minPositionTimeout]
        ) { call in
            try await EventStream(call, subject: call.parameters.text("subject")).response()
        },
        Route(
            "/v1/events/{position}", "getEvent", "One event.", .event, parameters: [.minPosition],
            problems: [.eventNotFound, .corruptRecord, .storageFailure, .minPositionTimeout]
        ) { call in
            if let least = call.parameters.position("minPosition") {
                try await call.ledger.waitForHead(reaching: least)
            }
            guard let number = UInt64(call.place), String(number) == call.place,
                let line = try call.ledger.event(at: Position(number))
            else { throw call.missing(.eventNotFound) }
            return Response(
                status: .ok, headers: [.contentType: MediaType.cloudEvent],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: line)))
        },
    ]
}
