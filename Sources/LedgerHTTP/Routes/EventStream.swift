import EventLog
import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// Events of the log as a stream. It reads a bounded chunk, waits until the client has taken it, and reads the next: it
/// holds neither a snapshot nor more than one chunk meanwhile.
struct EventStream: Sendable {
    private let ledger: Ledger
    private let filter: EventFilter
    private let after: Position
    private let limit: Int
    private let follows: Bool
    private let withPoster: Bool
    private let isServerSent: Bool
    private let keepAlive: TimeAmount
    private let minPosition: Position?

    /// - Parameter subject: the stream to read; nil reads all.
    init(_ call: RouteCall, subject: String?) throws(ProblemDetails) {
        ledger = call.ledger
        keepAlive = call.keepAlive
        let parameters = call.parameters
        minPosition = parameters.position("minPosition")
        filter = EventFilter(
            types: parameters.words("type"), subject: subject, since: parameters.instant("since"),
            until: parameters.instant("until"))
        limit = parameters.number("limit") ?? .max
        follows = parameters.flag("follow")
        withPoster = parameters.flag("poster")
        isServerSent = try Self.wantsServerSentEvents(call.headers)
        var start = parameters.position("after") ?? .beforeFirst
        if isServerSent, let name = HTTPField.Name("Last-Event-ID"), let text = call.headers[name] {
            guard let last = UInt64(text.trimmingSpaces()) else {
                throw ProblemDetails(
                    .invalidParameter, detail: "Last-Event-ID is \(excerpt(text)).",
                    remedy: "Send the id of an event of this stream: its position.")
            }
            start = Position(last)
        }
        after = start
    }

    /// The first of the forms there are that Accept allows; anything goes without it.
    private static func wantsServerSentEvents(_ headers: HTTPFields) throws(ProblemDetails) -> Bool {
        guard let accept = headers[.accept] else { return false }
        for entry in accept.split(separator: ",") {
            let name = entry.split(separator: ";", omittingEmptySubsequences: false)[0].trimmingSpaces().lowercased()
            switch name {
            case MediaType.eventStream: return true
            case MediaType.ndjson, "application/*", "*/*", MediaType.json: return false
            default: continue
            }
        }
        throw ProblemDetails(
            .notAcceptable, detail: "Accept is \(excerpt(accept)).",
            remedy: "Accept \(MediaType.ndjson) or \(MediaType.eventStream).")
    }

    /// The answer. The first chunk is read before its head goes out: what fails there is still a problem.
    func response() async throws(QueryFault) -> Response {
        try await waitForMinPosition()
        let through = ledger.head
        let first = try next(after, through: through, remaining: limit)
        let type = isServerSent ? MediaType.eventStream : MediaType.ndjson
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody { writer in try await write(first, through: through, to: &writer) })
    }

    /// Waits until the log holds `minPosition`, if it was asked for.
    func waitForMinPosition() async throws(QueryFault) {
        if let minPosition { try await ledger.waitForHead(reaching: minPosition) }
    }

    private func next(_ after: Position, through: Position, remaining: Int) throws(QueryFault) -> EventChunk {
        try ledger.events(after: after, through: through, limit: remaining, filter: filter, withPoster: withPoster)
    }

    private func write(
        _ first: EventChunk, through: Position, to writer: inout any ResponseBodyWriter
    ) async throws {
        var chunk = first
        var end = through
        var remaining = limit
        while true {
            if !chunk.positions.isEmpty { try await writer.write(text(of: chunk)) }
            remaining -= chunk.positions.count
            if remaining <= 0 { break }
            if chunk.examined >= end {
                guard follows, let head = try await waitForMore(after: chunk.examined, &writer) else { break }
                end = head
            }
            // A filter may pass nothing for long: others have their turn, and a client that left is noticed.
            try Task.checkCancellation()
            await Task.yield()
            chunk = try next(chunk.examined, through: end, remaining: remaining)
        }
        try await writer.finish(nil)
    }

    /// Waits for the head to move on, and shows a server-sent stream's client that it is alive meanwhile.
    ///
    /// - Returns: the new head; nil when the stream has to end.
    private func waitForMore(
        after position: Position, _ writer: inout any ResponseBodyWriter
    ) async throws -> Position? {
        while !Task.isCancelled {
            let woken = await withTaskGroup(of: Position?.self) { group in
                group.addTask { await ledger.waitForHead(after: position) }
                if isServerSent {
                    group.addTask {
                        try? await Task.sleep(nanoseconds: UInt64(keepAlive.nanoseconds))
                        return nil
                    }
                }
                defer { group.cancelAll() }
                return await group.next() ?? nil
            }
            if let head = woken { return head > position ? head : nil }
            try await writer.write(ByteBuffer(string: ": alive\n\n"))
        }
        return nil
    }

    private func text(of chunk: EventChunk) -> ByteBuffer {
        guard isServerSent else { return ByteBuffer(bytes: chunk.lines) }
        let overheadBytes = 40
        var buffer = ByteBufferAllocator().buffer(
            capacity: chunk.lines.count + chunk.positions.count * overheadBytes)
        var start = 0
        for position in chunk.positions {
            let end = chunk.lines[start...].firstIndex(of: UInt8(ascii: "\n")) ?? chunk.lines.endIndex
            buffer.writeString("id: \(position)\ndata: ")
            buffer.writeBytes(chunk.lines[start..<end])
            buffer.writeStaticString("\n\n")
            start = end + 1
        }
        return buffer
    }
}
