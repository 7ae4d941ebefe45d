import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// A replay as server-sent events: how far it is, what is found, and its end. It looks at the replay five times a second
/// and says what is new.
struct ReplayStream: Sendable {
    private let replays: ReplayCenter
    private let first: ReplayJob
    private let keepAlive: TimeAmount

    private static let interval = TimeAmount.milliseconds(200)

    init(_ call: RouteCall) throws(ProblemDetails) {
        replays = call.ledger.replays
        first = try call.replay()
        keepAlive = call.keepAlive
    }

    func response() -> Response {
        Response(
            status: .ok, headers: [.contentType: MediaType.eventStream, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await write(to: &writer)
                try await writer.finish(nil)
            })
    }

    /// Writes to the replay's end, or until the client goes or the daemon stops: then without an end.
    private func write(to writer: inout any ResponseBodyWriter) async throws {
        var last: ReplayBody?
        var findings = 0
        var lastWritten = NIODeadline.now()
        while !Task.isCancelled {
            // One that was removed meanwhile had ended.
            guard let job = replays.job(first.number) else { return }
            let body = ReplayBody(job)
            var text = ByteBuffer()
            // First of all which attempt it is: findings are counted anew in each.
            if body != last { try Self.add("progress", body, to: &text) }
            for finding in job.progress.findings.dropFirst(findings) {
                try Self.add("finding", FindingBody(finding), to: &text)
            }
            findings = job.progress.findings.count
            if job.state.isEnded { try Self.add("end", body, to: &text) }
            last = body
            if text.readableBytes == 0, NIODeadline.now() - lastWritten >= keepAlive {
                text.writeStaticString(": alive\n\n")
            }
            if text.readableBytes > 0 {
                try await writer.write(text)
                lastWritten = .now()
            }
            if job.state.isEnded { return }
            try? await Task.sleep(nanoseconds: UInt64(Self.interval.nanoseconds))
        }
    }

    private static func add(_ event: StaticString, _ body: some Encodable, to text: inout ByteBuffer) throws {
        text.writeStaticString("event: ")
        text.writeStaticString(event)
        text.writeStaticString("\ndata: ")
        text.writeBytes(try WireCoding.encode(body))
        text.writeStaticString("\n\n")
    }
}
