import FoundationEssentials
import LedgerAPI
import LedgerClient
import NIOCore

/// Starts replays and follows them: a bar of how far they are, and what they find as it comes.
struct ReplayFollowing {
    /// How often, and how many times, a daemon that went away is looked for.
    private static let lookEvery = Duration.milliseconds(500)
    private static let looksMax = 60

    let session: Session
    var isQuiet = false

    func start(_ order: ReplayOrderBody) async throws -> ReplayBody {
        let body = ByteBuffer(bytes: try WireCoding.encode(order))
        return try await session.client.post(RequestPath("v1", "replays").text, contentType: MediaType.json, body: body)
            .decode(ReplayBody.self)
    }

    /// Follows a replay to its end. Findings go to standard output, unless JSON is wanted there. A connection that is lost
    /// is taken up again when a daemon comes back: the replay may have its next attempt then.
    func follow(_ id: String) async throws -> ReplayBody {
        var view = View(session: session, isQuiet: isQuiet)
        var looks = 0
        while true {
            do {
                if let end = try await read(id, &view) { return end }
                throw LedgerClientError.connectionLost("the stream has no end")
            } catch let error as LedgerClientError {
                view.progress.finish()
                switch error {
                case .connectionLost, .daemonUnavailable, .timedOut: break
                case .cancelled:
                    session.console.note(Self.goesOn(id))
                    throw error
                default: throw error
                }
                looks += 1
                guard looks <= Self.looksMax else { throw error }
                if looks == 1, !isQuiet { session.console.note("The daemon went away; waiting for it to come back\n") }
                do { try await Task.sleep(for: Self.lookEvery) } catch {
                    session.console.note(Self.goesOn(id))
                    throw error
                }
            }
        }
    }

    /// What to do when whoever follows lets go.
    static func goesOn(_ id: String) -> String {
        let id = TerminalText.escape(id)
        return "The replay goes on. Follow it: campaignctl replay follow \(id)"
            + "; call it off: campaignctl replay cancel \(id)\n"
    }

    private func read(_ id: String, _ view: inout View) async throws -> ReplayBody? {
        let lines = try await session.client.lines(
            RequestPath("v1", "replays", id, "progress").text, accept: MediaType.eventStream)
        defer { lines.close() }
        view.begin()
        var parser = ServerSentEventParser()
        for try await line in lines {
            guard let message = parser.take(line) else { continue }
            switch message.event {
            case "progress": view.show(try Self.decode(ReplayBody.self, message))
            case "finding": try view.show(try Self.decode(FindingBody.self, message))
            case "end":
                view.progress.finish()
                return try Self.decode(ReplayBody.self, message)
            default: break
            }
        }
        return nil
    }

    private static func decode<Body: Decodable>(_ type: Body.Type, _ message: ServerSentEvent) throws -> Body {
        do { return try WireCoding.decode(type, from: message.data) } catch {
            throw LedgerClientError.unexpectedAnswer(status: 200, "a message does not read as \(type): \(error)")
        }
    }

    /// What has been shown.
    private struct View {
        let session: Session
        var progress: Progress
        private var attempt = 0
        /// Findings of the attempt that were shown, and those of them that a new stream begins with.
        private var shown = 0
        private var repeated = 0

        init(session: Session, isQuiet: Bool) {
            self.session = session
            progress = Progress(total: nil, console: session.console, isQuiet: isQuiet)
        }

        mutating func begin() { repeated = shown }

        mutating func show(_ replay: ReplayBody) {
            if replay.attempt != attempt { (attempt, shown, repeated) = (replay.attempt, 0, 0) }
            let style = session.console.errorStyle
            progress.update { ReplayText.progress(replay, hasBar: $0, style) }
        }

        mutating func show(_ finding: FindingBody) throws {
            if repeated > 0 {
                repeated -= 1
                return
            }
            shown += 1
            guard !session.json else { return }
            progress.finish()
            try session.console.write(ReplayText.finding(finding, session.console.outputStyle))
        }
    }
}
