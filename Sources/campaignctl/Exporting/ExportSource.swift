import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerExports

/// The daemon's streams of one export, all of one moment: that which the first of them names is asked of the others.
struct ExportSource {
    let session: Session
    let standing: StandingOptions
    let influencerID: String?
    let campaignID: String?
    let isQuiet: Bool
    /// What the first stream said.
    private(set) var moment: ExportMoment?

    init(session: Session, standing: StandingOptions, influencerID: String?, campaignID: String?, isQuiet: Bool) {
        self.session = session
        self.standing = standing
        self.influencerID = influencerID
        self.campaignID = campaignID
        self.isQuiet = isQuiet
    }

    /// The rows of a stream, one at a time.
    /// - Parameter begin: Called once, before the first row.
    /// - Returns: how many there were.
    mutating func rows<Row: ExportRow>(
        of stream: String, as type: Row.Type, begin: (ExportMoment) throws -> Void = { _ in },
        each: (Row) throws -> Void
    ) async throws -> Int {
        let lines = try await session.client.lines(path(of: stream).text)
        defer { lines.close() }
        var reader = ExportStreamReader(name: stream)
        var progress = Progress(total: nil, console: session.console, isQuiet: isQuiet, unit: stream)
        defer { progress.finish() }
        var owner: String?
        var owners = 0
        for try await line in lines where !line.isEmpty {
            switch try reader.take(line) {
            case .beginning(let beginning):
                try check(ExportMoment(beginning), stream: stream)
                progress.total = beginning.influencers
                try moment.map(begin)
            case .row(let data):
                let row = try reader.decode(type, from: data)
                if row.ownerID != owner {
                    owner = row.ownerID
                    owners += 1
                    try Task.checkCancellation()
                }
                try each(row)
                progress.update(done: owners, events: reader.rows)
            case .end: break
            }
        }
        try reader.finish()
        return reader.rows
    }

    private func path(of stream: String) -> RequestPath {
        var path = RequestPath("v1", "export", stream)
        if let moment {
            path.add("at", moment.at)
            path.add("position", String(moment.position))
        } else {
            standing.add(to: &path)
        }
        path.add("influencer", influencerID)
        path.add("campaign", campaignID)
        return path
    }

    private mutating func check(_ other: ExportMoment, stream: String) throws(ExportFault) {
        if let position = standing.position, other.position != position {
            throw .anotherMoment(
                stream: stream, "it is of position \(other.position), where \(position) was asked for.")
        }
        if let moment {
            try moment.check(other, stream: stream)
        } else {
            moment = other
        }
    }
}
