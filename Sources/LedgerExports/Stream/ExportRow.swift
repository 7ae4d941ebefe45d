package import LedgerAPI

/// A row of a stream that goes influencer by influencer.
package protocol ExportRow: Decodable, Sendable {
    /// Whose it is; nil for a campaign's own.
    var ownerID: String? { get }

    /// The row of an export that is limited to a campaign: without what is of others.
    func narrowed(toCampaign campaignID: String) -> Self
}

extension ExportRow {
    /// The daemon sends no row that is of another campaign.
    package func narrowed(toCampaign campaignID: String) -> Self { self }
}

extension PostingBody: ExportRow {
    package var ownerID: String? { influencerId }
}

extension ExportedInfluencerBody: ExportRow {
    package var ownerID: String? { influencer.influencerId }

    /// A person is judged as a whole, but their money is of campaigns. What is reportable is of years, and not told
    /// apart by campaigns: there is none then.
    package func narrowed(toCampaign campaignID: String) -> ExportedInfluencerBody {
        var row = self
        row.influencer.byCampaign = influencer.byCampaign.filter { $0.key == campaignID }
        row.influencer.compensation = influencer.byCampaign[campaignID] ?? [:]
        row.influencer.reportable = [:]
        return row
    }
}

extension ExportedPostBody: ExportRow {
    package var ownerID: String? { influencerId }
}

extension ExceptionBody: ExportRow {
    package var ownerID: String? { influencerId }
}
