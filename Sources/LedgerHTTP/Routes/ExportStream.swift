import CampaignDomain
import EventLog
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// An export as a stream: it works out one influencer at a time, waits until the client has taken what there is, and goes
/// on. All of it is of the position and instant that were fixed before the first line.
struct ExportStream: Sendable {
    private let ledger: Ledger
    private let kind: ExportKind
    private let scope: Scope
    private let query: Query
    private let identities: EventIdentities

    init(_ call: RouteCall, _ kind: ExportKind) {
        ledger = call.ledger
        self.kind = kind
        scope = call.scope
        query = call.query()
        identities = EventIdentities(call.ledger)
    }

    /// The answer. Its moment is fixed before its head goes out: what fails there is still a problem.
    func response() async throws -> Response {
        let answer = try await ledger.export(of: scope, query)
        let beginning = ExportBeginning(
            export: kind.rawValue, ledgerId: ledger.identity, version: ledger.version, standing: Standing(answer),
            influencers: answer.value.influencerCount)
        let first = Array(try WireCoding.encode(beginning))
        return Response(
            status: .ok, headers: [.contentType: MediaType.ndjson, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                var lines = ExportLines()
                try await lines.add(first, &writer)
                try await write(answer.value, &lines, &writer)
                // The first line is none of those counted.
                let end = ExportEnd(count: lines.count - 1)
                try await lines.add(Array(try WireCoding.encode(end)), &writer)
                try await lines.flush(&writer)
                try await writer.finish(nil)
            })
    }

    private func write(
        _ export: Export, _ lines: inout ExportLines, _ writer: inout any ResponseBodyWriter
    ) async throws {
        switch kind {
        case .postings: try await writePostings(export, &lines, &writer)
        case .influencers: try await writeInfluencers(export, &lines, &writer)
        case .posts: try await writePosts(export, &lines, &writer)
        case .exceptions: try await writeExceptions(export, &lines, &writer)
        }
    }

    private func writePostings(
        _ export: Export, _ lines: inout ExportLines, _ writer: inout any ResponseBodyWriter
    ) async throws {
        try await export.eachInfluencer { id, situation in
            for posting in try export.postings(situation, of: id) {
                try await lines.add(PostingBody(posting, influencerID: id, ledger).text, &writer)
            }
        }
        try await export.eachCampaign { id, media in
            for posting in try export.postings(media, ofCampaign: id) {
                try await lines.add(PostingBody(posting, influencerID: nil, ledger).text, &writer)
            }
        }
    }

    private func writeInfluencers(
        _ export: Export, _ lines: inout ExportLines, _ writer: inout any ResponseBodyWriter
    ) async throws {
        try await export.eachInfluencer { id, situation in
            let body = try ExportedInfluencerBody(id, situation.assess(), identities)
            try await lines.add(Array(try WireCoding.encode(body)), &writer)
        }
    }

    private func writePosts(
        _ export: Export, _ lines: inout ExportLines, _ writer: inout any ResponseBodyWriter
    ) async throws {
        try await export.eachInfluencer { id, situation in
            for post in situation.postSummaries() where scope.campaignID.map({ $0 == post.campaignID }) ?? true {
                let event = try identities(post.published.position)
                let body = ExportedPostBody(
                    post: PostBody(post), influencerId: id, position: post.published.position.rawValue,
                    source: event.source, id: event.id)
                try await lines.add(Array(try WireCoding.encode(body)), &writer)
            }
        }
    }

    private func writeExceptions(
        _ export: Export, _ lines: inout ExportLines, _ writer: inout any ResponseBodyWriter
    ) async throws {
        var costs: [String: CampaignCompensation] = [:]
        try await export.eachInfluencer { id, situation in
            export.addCosts(of: situation, to: &costs)
            for exception in situation.exceptions(of: id) where export.contains(exception) {
                let body = try ExceptionBody(exception, identities)
                try await lines.add(Array(try WireCoding.encode(body)), &writer)
            }
        }
        let total = costs
        try await export.eachCampaign { id, own in
            for exception in try await export.exceptions(ofCampaign: id, own, total[id]) {
                let body = try ExceptionBody(exception, identities)
                try await lines.add(Array(try WireCoding.encode(body)), &writer)
            }
        }
    }
}

/// Lines on their way out: gathered to parts of some size, each of which waits until the client has taken it.
private struct ExportLines {
    /// Bytes from which on a part goes out.
    private static let partBytes = 64 << 10

    private var buffer = ByteBuffer()
    /// How many lines there were.
    private(set) var count = 0

    mutating func add(_ line: [UInt8], _ writer: inout any ResponseBodyWriter) async throws {
        buffer.writeBytes(line)
        buffer.writeInteger(UInt8(ascii: "\n"))
        count += 1
        if buffer.readableBytes >= Self.partBytes { try await flush(&writer) }
    }

    mutating func flush(_ writer: inout any ResponseBodyWriter) async throws {
        let part = buffer
        buffer = ByteBuffer()
        if part.readableBytes > 0 { try await writer.write(part) }
    }
}

extension ExportedInfluencerBody {
    init(_ id: String, _ answer: InfluencerAnswer, _ identities: EventIdentities) throws {
        self.init(
            influencer: try InfluencerBody(id, answer, identities), platform: answer.profile.platform,
            homeTopics: answer.profile.homeTopics, engagements: answer.profile.engagements,
            registered: answer.profile.registered?.rfc3339)
    }
}
