package import LedgerAPI

/// A row of a stream that goes influencer by influencer.
package protocol ExportRow: Decodable, Sendable {
    /// Whose it is; nil for a campaign's own.
    var ownerID: String? { get }
}

extension PostingBody: ExportRow {
    package var ownerID: String? { influencerId }
}

extension ExportedInfluencerBody: ExportRow {
    package var ownerID: String? { influencer.influencerId }
}

extension ExportedPostBody: ExportRow {
    package var ownerID: String? { influencerId }
}

extension ExceptionBody: ExportRow {
    package var ownerID: String? { influencerId }
}
