import LedgerAPI

/// `/v1/export`: everything of a kind at one moment, one a line.
enum ExportRoutes {
    static let all = ExportKind.allCases.map { kind in
        Route(
            "/v1/export/\(kind.rawValue)", kind.operation, kind.summary,
            .lines("ExportBeginning, then \(kind.lineSchema) a line, then ExportEnd."),
            parameters: ParameterSpec.question + [.influencer, .campaign],
            problems: RouteProblems.question + RouteProblems.scope
        ) { call in
            try await ExportStream(call, kind).response()
        }
    }
}

/// What can be exported beside the events themselves.
enum ExportKind: String, CaseIterable, Sendable {
    case postings, influencers, posts, exceptions

    fileprivate var operation: String {
        switch self {
        case .postings: "exportPostings"
        case .influencers: "exportInfluencers"
        case .posts: "exportPosts"
        case .exceptions: "exportExceptions"
        }
    }

    fileprivate var summary: String {
        switch self {
        case .postings: "All postings at one moment: each influencer's by day, then the campaigns' media."
        case .influencers: "Everyone of whom an event counts, at one moment."
        case .posts: "All posts at one moment: each influencer's, newest first."
        case .exceptions: "The register of exceptions at one moment: each influencer's, then each campaign's."
        }
    }

    /// The schema of its lines.
    fileprivate var lineSchema: String {
        switch self {
        case .postings: "Posting"
        case .influencers: "ExportedInfluencer"
        case .posts: "ExportedPost"
        case .exceptions: "Exception"
        }
    }
}
