import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerExports

/// One export from its first request to the file that stands there.
struct ExportRun {
    /// Bytes that are gathered before they are written.
    private static let chunkBytes = 256 * 1_024

    var source: ExportSource

    /// What was written: `1,234 postings, position 5,678, 2026-01-01T00:00:00Z`.
    struct Summary {
        var rows: [(name: String, count: Int)]
        var position: UInt64
        var at: String?

        var text: String {
            let counts = rows.map { Figures.count($0.count, String($0.name.dropLast()), $0.name) }
            return "\(counts.joined(separator: ", ")) as of position \(position)"
                + (at.map { ", \($0)" } ?? "")
        }
    }

    /// One stream as text.
    mutating func write<Writer: ExportTextWriter>(
        _ writer: Writer, to destination: ExportDestination
    ) async throws -> Summary {
        var writer = writer
        func pass(atLeast count: Int) throws {
            guard writer.bytes.count >= count else { return }
            try destination.write(writer.bytes)
            writer.bytes.removeAll(keepingCapacity: true)
        }
        let rows = try await source.rows(of: Writer.stream, as: Writer.Row.self) { moment in
            writer.begin(moment)
        } each: { row in
            try writer.add(row)
            try pass(atLeast: Self.chunkBytes)
        }
        writer.finish()
        try pass(atLeast: 1)
        try destination.commit()
        return try summary([(Writer.stream, rows)])
    }

    /// All streams and the events as one SQLite file.
    mutating func writeSQLite(to file: OutputFile) async throws -> Summary {
        let export = try SQLiteExport(
            path: file.temporaryPath, influencerID: source.influencerID, campaignID: source.campaignID)
        let influencers = try await source.rows(of: "influencers", as: ExportedInfluencerBody.self) {
            try export.begin($0)
        } each: {
            try export.add($0)
        }
        let posts = try await source.rows(of: "posts", as: ExportedPostBody.self) { try export.add($0) }
        let postings = try await source.rows(of: "postings", as: PostingBody.self) { try export.add($0) }
        let exceptions = try await source.rows(of: "exceptions", as: ExceptionBody.self) { try export.add($0) }
        try await addEvents(to: export)
        if !source.isQuiet { source.session.console.note("Making the indexes and checking the file\n") }
        try await finish(export)
        try file.commit()
        return try summary([
            ("events", export.events), ("influencers", influencers), ("posts", posts), ("postings", postings),
            ("exceptions", exceptions),
        ])
    }

    /// The events up to the position; with an instant asked for those up to it, and the retractions of these.
    private func addEvents(to export: SQLiteExport) async throws {
        var events = EventSource(
            session: source.session, position: source.moment?.position ?? 0, isQuiet: source.isQuiet)
        events.until = source.standing.at
        var number = 0
        _ = try await events.events { line, _ in
            number += 1
            try export.add(try RecordedEvent(line: line, number: number))
        }
        guard events.until != nil else { return }
        events.until = nil
        events.type = "event.retracted"
        number = 0
        _ = try await events.events { line, _ in
            number += 1
            try export.addLate(try RecordedEvent(line: line, number: number))
        }
    }

    /// Makes the indexes; Ctrl-C ends that too.
    private func finish(_ export: SQLiteExport) async throws {
        let interrupt = export.interrupt
        do {
            try await withTaskCancellationHandler {
                try export.finish()
            } onCancel: {
                interrupt()
            }
        } catch let fault {
            try Task.checkCancellation()
            throw fault
        }
        try Task.checkCancellation()
    }

    /// The events themselves, one a line. The whole log up to a position can be posted again; a part of it is to be
    /// read, as retractions name positions, and posted anew its events would get others.
    mutating func writeEvents(
        to destination: ExportDestination, isComplete: Bool
    ) async throws -> Summary {
        if let filter = eventsFilter {
            source.session.console.note(
                "Only a part of the log is written, for \(filter): to be read, not to be posted again, since "
                    + "retractions name positions. The whole log up to --position can be posted.\n")
        }
        let position = try await eventsPosition()
        var events = EventSource(session: source.session, position: position, isQuiet: source.isQuiet)
        events.isComplete = isComplete
        events.subject = source.influencerID.map { "influencer/\($0)" }
        events.until = source.standing.at
        var bytes: [UInt8] = []
        let count = try await events.events { line, _ in
            bytes.append(contentsOf: line)
            bytes.append(10)
            guard bytes.count >= Self.chunkBytes else { return }
            try destination.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if !bytes.isEmpty { try destination.write(bytes) }
        try destination.commit()
        return Summary(rows: [("events", count)], position: position, at: source.standing.at)
    }

    /// The options that leave events out; nil for the whole log.
    private var eventsFilter: String? {
        let names = [source.influencerID.map { _ in "--influencer" }, source.standing.at.map { _ in "--at" }]
        let given = names.compactMap { $0 }
        return given.isEmpty ? nil : given.joined(separator: " and ")
    }

    /// Up to where events are taken: the position asked for, else the head of now. An influencer is asked for as in
    /// every other export, so that one whom nobody knows is the same problem: a stream of nobody's is only empty.
    private mutating func eventsPosition() async throws -> UInt64 {
        if source.influencerID != nil {
            _ = try await source.rows(of: "influencers", as: ExportedInfluencerBody.self, each: { _ in })
            return source.moment?.position ?? 0
        }
        var head = try await source.session.get(RequestPath("v1", "status"), as: StatusBody.self).head
        if let minimum = source.standing.minPosition, minimum > head {
            // Waits, bounded, until it is there.
            var path = RequestPath("v1", "events")
            path.add("after", String(minimum - 1))
            path.add("limit", "1")
            path.add("minPosition", String(minimum))
            _ = try await source.session.client.get(path.text)
            head = minimum
        }
        guard let asked = source.standing.position else { return head }
        guard asked <= head else {
            throw CommandFailure(
                .refused, "--position is \(asked), and the log's head is \(head). Ask for one up to the head.")
        }
        return asked
    }

    private func summary(_ rows: [(String, Int)]) throws -> Summary {
        guard let moment = source.moment else { throw ExportFault.cutOff(stream: rows[0].0, rows: 0) }
        return Summary(rows: rows, position: moment.position, at: moment.at)
    }
}
