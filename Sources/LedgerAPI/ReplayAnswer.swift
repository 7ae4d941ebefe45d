/// The body of `POST /v1/replays`. What is nil is left out and has the daemon's standard.
package struct ReplayOrderBody: Codable, Sendable, Equatable {
    /// `verify`, `rebuild`, `goBack` or `whatif`.
    package var kind: String
    package var cores: Int?
    package var sharePercent: Int?
    /// Of a whatif: by kind, the bodies of `policy.published`.
    package var policies: JSONValue?
    package var position: UInt64?
    /// RFC 3339.
    package var at: String?

    package init(
        kind: String, cores: Int? = nil, sharePercent: Int? = nil, policies: JSONValue? = nil, position: UInt64? = nil,
        at: String? = nil
    ) {
        self.kind = kind
        self.cores = cores
        self.sharePercent = sharePercent
        self.policies = policies
        self.position = position
        self.at = at
    }
}

/// A replay: what was asked for, how far it is, how it ended. `/v1/replays` and `/v1/replays/{id}`.
package struct ReplayBody: Codable, Sendable, Equatable {
    /// A number, ascending.
    package var id: String
    package var kind: String
    /// `waiting`, `running`, `succeeded`, `failed`, `cancelled` or `interrupted`.
    package var state: String
    /// `records`, `fold`, `compare`, `catchUp`, `takeOver` or `evaluate` while it runs.
    @Nullable package var phase: String?
    /// RFC 3339 in UTC.
    package var createdAt: String
    /// When its last attempt began.
    @Nullable package var startedAt: String?
    @Nullable package var endedAt: String?
    package var attempt: Int
    /// The position at which it stands.
    package var position: UInt64
    /// Steps of the phase, and how many there are: events, rows or influencers.
    package var done: UInt64
    package var total: UInt64
    /// Steps a second; null where nobody knows yet.
    @Nullable package var eventsPerSecond: UInt64?
    /// Seconds to the end of the phase.
    @Nullable package var secondsLeft: UInt64?
    package var cores: Int
    package var sharePercent: Int
    /// How many were found.
    package var findings: Int
    /// Why it did not succeed, and what to do.
    @Nullable package var error: String?
    /// What it replaced is still there and is removed with it.
    package var keepsPrevious: Bool
    @Nullable package var verify: VerifyBody?
    @Nullable package var rebuild: RebuildBody?
    @Nullable package var whatif: WhatIfBody?

    /// A replay that was just asked for.
    package init(id: String, kind: String, state: String, createdAt: String, cores: Int, sharePercent: Int) {
        self.id = id
        self.kind = kind
        self.state = state
        self.createdAt = createdAt
        self.cores = cores
        self.sharePercent = sharePercent
        _phase = Nullable(wrappedValue: nil)
        _startedAt = Nullable(wrappedValue: nil)
        _endedAt = Nullable(wrappedValue: nil)
        attempt = 1
        (position, done, total, findings) = (0, 0, 0, 0)
        _eventsPerSecond = Nullable(wrappedValue: nil)
        _secondsLeft = Nullable(wrappedValue: nil)
        _error = Nullable(wrappedValue: nil)
        keepsPrevious = false
        _verify = Nullable(wrappedValue: nil)
        _rebuild = Nullable(wrappedValue: nil)
        _whatif = Nullable(wrappedValue: nil)
    }

    /// Whether nothing of it will change any more.
    package var isEnded: Bool { state != "waiting" && state != "running" }
}

/// What a verification says of the log and its folds.
package struct VerifyBody: Codable, Sendable, Equatable {
    package var position: UInt64
    /// Whether nothing was found.
    package var sound: Bool
    package var records: UInt64
    /// SHA-256 over all records.
    package var recordsSha256: String
    package var readModels: [VerifiedReadModel]

    package init(
        position: UInt64, sound: Bool, records: UInt64, recordsSha256: String, readModels: [VerifiedReadModel]
    ) {
        self.position = position
        self.sound = sound
        self.records = records
        self.recordsSha256 = recordsSha256
        self.readModels = readModels
    }
}

/// A fold that was compared with what the log says.
package struct VerifiedReadModel: Codable, Sendable, Equatable {
    /// `views` or `index`.
    package var name: String
    package var position: UInt64
    package var rows: UInt64
    package var sha256: String
    package var expectedSha256: String

    package init(name: String, position: UInt64, rows: UInt64, sha256: String, expectedSha256: String) {
        self.name = name
        self.position = position
        self.rows = rows
        self.sha256 = sha256
        self.expectedSha256 = expectedSha256
    }
}

/// What took over.
package struct RebuildBody: Codable, Sendable, Equatable {
    package var position: UInt64
    package var rows: UInt64
    package var sha256: String
    /// Rows in which those that served before differed.
    package var differences: UInt64

    package init(position: UInt64, rows: UInt64, sha256: String, differences: UInt64) {
        self.position = position
        self.rows = rows
        self.sha256 = sha256
        self.differences = differences
    }
}

/// How many would be other under other policies.
package struct WhatIfBody: Codable, Sendable, Equatable {
    package var position: UInt64
    package var at: String
    package var influencers: UInt64
    package var changed: UInt64
    /// The kinds that were replaced.
    package var policies: [String]

    package init(position: UInt64, at: String, influencers: UInt64, changed: UInt64, policies: [String]) {
        self.position = position
        self.at = at
        self.influencers = influencers
        self.changed = changed
        self.policies = policies
    }
}

/// Something that is not as it has to be: an item of `/v1/replays/{id}/findings`.
package struct FindingBody: Codable, Sendable, Equatable {
    /// `log`, `views` or `index`.
    package var place: String
    /// `damaged`, `missing`, `surplus`, `different` or `wrongPosition`.
    package var kind: String
    @Nullable package var position: UInt64?
    /// The row, stream or identity, as a person names it.
    @Nullable package var subject: String?
    /// What was expected and what was found.
    package var text: String

    package init(place: String, kind: String, position: UInt64?, subject: String?, text: String) {
        self.place = place
        self.kind = kind
        _position = Nullable(wrappedValue: position)
        _subject = Nullable(wrappedValue: subject)
        self.text = text
    }
}
