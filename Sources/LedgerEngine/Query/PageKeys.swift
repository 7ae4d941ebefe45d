package import CampaignDomain

// Places in lists as cursors carry them: words and numbers with spaces between. Of this ledger only, as positions are.

extension ExceptionPlace {
    package var key: String {
        "\(kind.rawValue) \(since.microseconds) \(events.map { String($0.rawValue) }.joined(separator: "."))"
    }

    /// Reads one back; nil when it is none, or names events that cannot be.
    ///
    /// - Parameter head: the highest position that an event can have.
    package init?(key: String, head: UInt64) {
        let parts = key.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let kind = ExceptionKind(rawValue: String(parts[0])), let since = Int64(parts[1]) else {
            return nil
        }
        var events: [FactPosition] = []
        for part in parts[2].split(separator: ".", omittingEmptySubsequences: false) {
            guard let position = UInt64(part), position >= 1, position <= head else { return nil }
            events.append(FactPosition(position))
        }
        self.init(kind: kind, since: Instant(microseconds: since), events: events)
    }
}

extension PostingPlace {
    package var key: String {
        "\(day.number) \(event.time.microseconds) \(event.position.rawValue)"
    }

    /// Reads one back; nil when it is none, or names an event that cannot be.
    ///
    /// - Parameter head: the highest position that an event can have.
    package init?(key: String, head: UInt64) {
        let parts = key.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, let day = Int(parts[0]), let time = Int64(parts[1]), let position = UInt64(parts[2]),
            position >= 1, position <= head
        else { return nil }
        self.init(
            day: Day(day), event: Stamp(time: Instant(microseconds: time), position: FactPosition(position)))
    }
}

/// Where a post stands among an influencer's: at its publication.
package struct PostPlace: Hashable, Sendable {
    package let published: Stamp

    package init(published: Stamp) {
        self.published = published
    }

    package var key: String { "\(published.time.microseconds) \(published.position.rawValue)" }

    /// Reads one back; nil when it is none, or names an event that cannot be.
    ///
    /// - Parameter head: the highest position that an event can have.
    package init?(key: String, head: UInt64) {
        let parts = key.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let time = Int64(parts[0]), let position = UInt64(parts[1]), position >= 1,
            position <= head
        else { return nil }
        published = Stamp(time: Instant(microseconds: time), position: FactPosition(position))
    }
}
