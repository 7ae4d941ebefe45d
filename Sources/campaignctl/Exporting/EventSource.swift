import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerExports

/// The events up to a position, as the daemon gives them.
struct EventSource {
    let session: Session
    /// The last position to take.
    let position: UInt64
    let isQuiet: Bool
    /// Whether they say who posted them.
    var isComplete = false
    /// Only those of this stream of the log, if there is one: `influencer/ada`.
    var subject: String?
    /// Only those of this type, if there is one.
    var type: String?
    /// Only those that happened at or before this instant, if there is one.
    var until: String?

    /// The events' lines with their positions, in order. All of them are there, or it throws: positions have no gaps.
    func events(each: (Data, UInt64) throws -> Void) async throws -> Int {
        guard position > 0 else { return 0 }
        let lines = try await session.client.lines(path.text)
        defer { lines.close() }
        var progress = Progress(total: Int(clamping: position), console: session.console, isQuiet: isQuiet)
        defer { progress.finish() }
        var count = 0
        var last: UInt64 = 0
        for try await line in lines where !line.isEmpty {
            let event = try Self.position(of: line, number: count + 1)
            // A filtered stream has no limit that is a position.
            guard event <= position else { break }
            guard event > last else {
                throw ExportFault.unexpectedLine(
                    stream: "events", line: count + 1, "position \(event) comes after \(last).")
            }
            last = event
            count += 1
            try each(line, event)
            progress.update(done: Int(clamping: event), events: count)
            if count.isMultiple(of: 1_024) { try Task.checkCancellation() }
        }
        guard isFiltered || UInt64(count) == position else {
            throw ExportFault.miscounted(stream: "events", announced: Int(clamping: position), rows: count)
        }
        return count
    }

    private var isFiltered: Bool { subject != nil || type != nil || until != nil }

    private var path: RequestPath {
        var path = RequestPath("v1", "events")
        path.add("after", "0")
        path.add("limit", isFiltered ? nil : String(position))
        path.add("type", type)
        path.add("subject", subject)
        path.add("until", until)
        path.add("poster", isComplete ? "true" : nil)
        return path
    }

    private struct Sequence: Decodable {
        var sequence: String
    }

    private static func position(of line: Data, number: Int) throws(ExportFault) -> UInt64 {
        guard let event = try? WireCoding.decode(Sequence.self, from: line), let position = UInt64(event.sequence)
        else {
            throw .unexpectedLine(stream: "events", line: number, "it is no recorded event.")
        }
        return position
    }
}
