extension ProblemCode {
    /// The entry of this code.
    package var entry: ProblemEntry {
        requestEntry ?? bodyEntry ?? queryEntry ?? missingEntry ?? replayEntry ?? serviceEntry ?? failureEntry
    }

    /// What is wrong with the request as HTTP.
    private var requestEntry: ProblemEntry? {
        switch self {
        case .badRequest:
            ProblemEntry(
                400, "Bad request", cause: "The request cannot be understood.", remedy: "Correct the request.")
        case .malformedHTTP:
            ProblemEntry(
                400, "Not HTTP/1.1", cause: "What was sent does not parse as HTTP/1.1.",
                remedy: "Send HTTP/1.1 over the socket; the connection is closed.")
        case .headersTooLarge:
            ProblemEntry(
                431, "Header fields too large", cause: "The header fields pass the daemon's limits.",
                remedy: "Send fewer or shorter header fields.")
        case .requestTimeout:
            ProblemEntry(
                408, "Request timed out", cause: "The request did not arrive whole in time.",
                remedy: "Send it again on a new connection; an event posted twice is a repeat.", retry: true)
        case .expectationFailed:
            ProblemEntry(
                417, "Expectation failed", cause: "Expect asks for something other than 100-continue.",
                remedy: "Leave Expect out.")
        case .unknownRoute:
            ProblemEntry(
                404, "No such route", cause: "The path is none of the API's.",
                remedy: "See /openapi.json for the paths there are.")
        case .methodNotAllowed:
            ProblemEntry(
                405, "Method not allowed", cause: "The path exists, but not with this method.",
                remedy: "Use one of the methods that Allow names.")
        default: nil
        }
    }

    /// What is wrong with the request's body or the form of its answer.
    private var bodyEntry: ProblemEntry? {
        switch self {
        case .bodyTooLarge:
            ProblemEntry(
                413, "Request too large", cause: "The body is larger than a request can be.",
                remedy: "Split the request; each may hold up to 10,000 events or 16 MiB.")
        case .unexpectedBody:
            ProblemEntry(
                400, "Unexpected body", cause: "Only POST takes a body, of /v1/events and /v1/replays.",
                remedy: "Send the request without a body.")
        case .unsupportedMediaType:
            ProblemEntry(
                415, "Unsupported media type", cause: "The Content-Type is none of those that carry events.",
                remedy: "Name the form of the body with one of the allowed media types.")
        case .unsupportedEncoding:
            ProblemEntry(
                415, "Unsupported content encoding", cause: "The body is compressed.",
                remedy: "Send it as it is, without Content-Encoding.")
        case .notAcceptable:
            ProblemEntry(
                406, "Not acceptable", cause: "Accept allows none of the forms this answer has.",
                remedy: "Accept one of the forms named.")
        default: nil
        }
    }

    /// What is wrong with the question.
    private var queryEntry: ProblemEntry? {
        switch self {
        case .unknownParameter:
            ProblemEntry(
                400, "Unknown query parameter", cause: "A parameter's name is none of those the path takes.",
                remedy: "Use only the parameters named.")
        case .repeatedParameter:
            ProblemEntry(
                400, "Repeated query parameter", cause: "A parameter is given more than once.",
                remedy: "Give it once.")
        case .missingParameter:
            ProblemEntry(
                400, "Missing query parameter", cause: "A parameter that the question cannot do without is not given.",
                remedy: "Give the parameter named.")
        case .invalidParameter:
            ProblemEntry(
                422, "Invalid query parameter", cause: "A parameter's value is not of the form it must have.",
                remedy: "Give a value of the form named.")
        case .invalidCursor:
            ProblemEntry(
                422, "Invalid cursor", cause: "The cursor is not one that this list gave out.",
                remedy: "Begin again without cursor, and pass `next` on as it is.")
        case .positionBeyondHead:
            ProblemEntry(
                422, "Position beyond the head", cause: "`position` is greater than the log's head.",
                remedy: "Ask for a position up to the head; `/v1/status` names it.")
        default: nil
        }
    }

    /// What is not there.
    private var missingEntry: ProblemEntry? {
        switch self {
        case .influencerNotFound:
            ProblemEntry(
                404, "No such influencer", cause: "No event of that influencer counts as of this question.",
                remedy: "Check the identifier, `at` and `position`.")
        case .campaignNotFound:
            ProblemEntry(
                404, "No such campaign", cause: "No event names that campaign as of this question.",
                remedy: "Check the identifier, `at` and `position`.")
        case .policyNotFound:
            ProblemEntry(
                404, "No such policy", cause: "There is no policy of that kind.",
                remedy: "Ask for advocacy, tax or trust.")
        case .eventNotFound:
            ProblemEntry(
                404, "No such event", cause: "The log does not reach that position.",
                remedy: "Positions go from 1 to the head; `/v1/status` names it.")
        default: nil
        }
    }

    /// What cannot be done with a replay.
    private var replayEntry: ProblemEntry? {
        switch self {
        case .replayNotFound:
            ProblemEntry(
                404, "No such replay", cause: "There is no replay of that number, or it was removed.",
                remedy: "Ask `/v1/replays` for those there are; the last 100 that ended are kept.")
        case .replaysBusy:
            ProblemEntry(
                429, "Too many replays wait", cause: "As many replays wait as may.",
                remedy: "Wait until one has ended, or call one off with DELETE.", retry: true)
        case .replayNotEnded:
            ProblemEntry(
                409, "No changes yet", cause: "Only a whatif that succeeded has changes.",
                remedy: "Follow its progress until it has succeeded.")
        case .previousInUse:
            ProblemEntry(
                409, "What was replaced is in use",
                cause: "A replay that runs replaces read models, so those it may need cannot be removed.",
                remedy: "Remove it when that replay has ended, or call that one off first.", retry: true)
        default: nil
        }
    }

    /// What the daemon cannot do now.
    private var serviceEntry: ProblemEntry? {
        switch self {
        case .minPositionTimeout:
            ProblemEntry(
                504, "Not there in time", cause: "The read models did not reach `minPosition` in time.",
                remedy: "Ask again; check that the position is one that the ledger gave out.", retry: true)
        case .listsBehind:
            ProblemEntry(
                503, "Lists are behind",
                cause: "The table that sorted and filtered lists are answered from is being made, or is too old to be.",
                remedy:
                    "Ask again after Retry-After; with `at` a list is worked out from the events, however long it takes.",
                retry: true)
        case .busy:
            ProblemEntry(
                429, "Busy", cause: "As much is waiting as may wait.",
                remedy: "Post the same events again after Retry-After.", retry: true)
        case .tooManyConnections:
            ProblemEntry(
                503, "Too many connections", cause: "As many connections are open as may be.",
                remedy: "Close connections that are not used, and connect again after Retry-After.", retry: true)
        case .readOnly:
            ProblemEntry(
                503, "Read-only", cause: "The ledger records nothing at the moment.",
                remedy: "See the detail; an operator has to act. Then post the same events again.", retry: true)
        case .stopping:
            ProblemEntry(
                503, "Stopping", cause: "The daemon is about to end.",
                remedy: "Send the request again when it has started.", retry: true)
        case .notReady:
            ProblemEntry(
                503, "Not ready", cause: "The daemon cannot answer yet.", remedy: "Wait for `/readyz`.", retry: true)
        default: nil
        }
    }

    /// What failed.
    private var failureEntry: ProblemEntry {
        switch self {
        case .outcomeUnknown:
            ProblemEntry(
                500, "Outcome unknown", cause: "Storage failed while the events were being recorded.",
                remedy: "Post the same events again when the daemon is back: what was recorded will be a repeat.",
                retry: true)
        case .corruptRecord:
            ProblemEntry(
                500, "Damaged record", cause: "A stored record does not match its checksum.",
                remedy: "Keep the data directory as it is and restore from a backup; tell the operator the position.")
        case .storageFailure:
            ProblemEntry(
                500, "Storage failed", cause: "The data directory cannot be read.",
                remedy: "See the daemon's log; tell the operator.", retry: true)
        default:
            ProblemEntry(
                500, "Internal failure", cause: "The daemon met something it did not expect.",
                remedy: "See the daemon's log; report it with the request.", retry: true)
        }
    }
}
