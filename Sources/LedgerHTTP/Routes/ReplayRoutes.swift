import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine

/// Replays: asked for, followed, called off.
enum ReplayRoutes {
    static let path = "/v1/replays"

    private static let order = Route.Body(
        schema: "ReplayOrder", meaning: "Which replay, and what share of the machine it may take.",
        bytesMax: 256 << 10)
    private static let ofOne: [ProblemCode] = [.replayNotFound]

    static let all = [
        Route(
            path, "startReplay", "Starts a replay; it runs when those before it have ended.", .json(schema: "Replay"),
            method: "POST", body: order,
            problems: [.replaysBusy, .positionBeyondHead, .stopping, .storageFailure],
            successes: [(202, nil)]
        ) { call in
            let job = try call.ledger.replays.start(try ReplayAsked(call).request)
            let body = try WireCoding.encode(ReplayBody(job))
            return Response(
                status: .accepted,
                headers: [.contentType: MediaType.json, .location: "\(path)/\(job.number)"],
                body: ResponseBody(byteBuffer: .init(bytes: body)))
        },
        Route(
            path, "listReplays", "The replays that wait, run or have ended, the newest first.",
            .json(schema: "ReplayList"), parameters: [.limit, .cursor], problems: [.invalidCursor]
        ) { call in
            let list = try call.filteredList()
            let page = call.ledger.replays.page(before: try list.place { text, _ in UInt64(text) }, limit: call.limit)
            let next = page.next.map { list.next($0, at: nil, position: nil) }
            return try .json(ItemList(items: page.items.map { ReplayBody($0) }, next: next))
        },
        Route("\(path)/{id}", "getReplay", "A replay.", .json(schema: "Replay"), problems: ofOne) { call in
            try .json(ReplayBody(try call.replay()))
        },
        Route(
            "\(path)/{id}", "endReplay", "Calls a replay off, or removes one that has ended with what it keeps.",
            .json(schema: "Replay"), method: "DELETE",
            problems: ofOne + [.previousInUse, .stopping, .storageFailure],
            successes: [(200, "It had ended and is removed."), (202, "It waited or ran and is called off.")]
        ) { call in
            switch try call.ledger.replays.callOffOrRemove(try call.replay().number, call.ledger) {
            case .calledOff(let job): try .json(ReplayBody(job), status: .accepted)
            case .removed(let job): try .json(ReplayBody(job))
            }
        },
        Route(
            "\(path)/{id}/progress", "followReplay", "A replay as it goes on, to its end.",
            .progress("progress and at last end, each a Replay; finding, a Finding."), problems: ofOne
        ) { call in
            try ReplayStream(call).response()
        },
        Route(
            "\(path)/{id}/findings", "listFindings", "What a replay found, as it was found; the first 1,000.",
            .json(schema: "FindingList"), parameters: [.limit, .cursor], problems: ofOne + [.invalidCursor]
        ) { call in
            let findings = try call.replay().progress.findings
            let (page, next) = try call.page(of: findings)
            return try .json(ItemList(items: page.map { FindingBody($0) }, next: next))
        },
    ]
}

extension RouteCall {
    /// The replay that the path names.
    func replay() throws(ProblemDetails) -> ReplayJob {
        guard let number = UInt64(place), String(number) == place, let job = ledger.replays.job(number) else {
            throw missing(.replayNotFound)
        }
        return job
    }

    /// How many items come before the page that is asked for.
    func rank() throws(ProblemDetails) -> Int {
        try filteredList().place { text, _ in Int(text).flatMap { $0 >= 0 ? $0 : nil } } ?? 0
    }

    /// A page of a list that only grows at its end.
    fileprivate func page<Item>(of items: [Item]) throws(ProblemDetails) -> (items: ArraySlice<Item>, next: String?) {
        let start = min(try rank(), items.count)
        let end = min(start + limit, items.count)
        let next = end < items.count ? try filteredList().next("\(end)", at: nil, position: nil) : nil
        return (items[start..<end], next)
    }
}
