package import LedgerAPI

/// A record a posting.
package enum PostingTable: CSVTable {
    package static let stream = "postings"
    package static let columns = [
        "position", "source", "id", "type", "time", "day", "influencerId", "campaignId", "debit", "credit", "currency",
        "amount", "minor",
    ]

    package static func records(of row: PostingBody) -> [CSVRecord] {
        var record = CSVRecord()
        record.add(number: row.position)
        for text in [row.source, row.id, row.type, row.time, row.day] {
            record.add(text: text)
        }
        for text in [row.influencerId, row.campaignId, row.debit, row.credit, row.currency] {
            record.add(text: text)
        }
        record.add(decimal: row.amount)
        record.add(number: row.minor)
        return [record]
    }
}

/// A record an influencer, without money: that is of a currency, and stands in the table of compensation.
package enum InfluencerTable: CSVTable {
    package static let stream = "influencers"
    package static let columns = [
        "influencerId", "platform", "registered", "tier", "score", "raw", "beforeCaps", "evidence", "evidenceCount",
        "responsiveness", "nicheFit", "authenticity", "engagementQuality", "disclosure", "reliability", "caps",
        "openBreaches", "stage", "stageRank", "flags", "acceptRateBp", "earnedShareBp", "seedingPostRateBp",
        "homeTopics", "engagements",
    ]

    package static func records(of row: ExportedInfluencerBody) -> [CSVRecord] {
        var record = CSVRecord()
        let (trust, advocacy) = (row.influencer.trust, row.influencer.advocacy)
        for text in [row.influencer.influencerId, row.platform, row.registered, row.influencer.tier] {
            record.add(text: text)
        }
        record.add(decimal: trust.score)
        record.add(number: trust.raw)
        record.add(number: trust.beforeCaps)
        record.add(text: trust.evidence)
        record.add(number: trust.evidenceCount)
        let components = trust.components
        for value in [
            components.responsiveness, components.nicheFit, components.authenticity, components.engagementQuality,
            components.disclosure, components.reliability,
        ] {
            record.add(number: value)
        }
        record.add(texts: trust.caps.map(\.cap))
        record.add(texts: trust.openBreaches)
        record.add(text: advocacy.stage)
        record.add(number: advocacy.stageRank)
        record.add(texts: advocacy.flags)
        for value in [
            advocacy.metrics.acceptRateBp, advocacy.metrics.earnedShareBp, advocacy.metrics.seedingPostRateBp,
        ] {
            record.add(number: value)
        }
        record.add(texts: row.homeTopics)
        record.add(number: row.engagements)
        return [record]
    }
}

/// A record an influencer, campaign and currency.
package enum CompensationTable: CSVTable {
    package static let stream = "influencers"
    package static let columns = ["influencerId", "campaignId", "currency"] + NamedSum.all.map(\.name)

    package static func records(of row: ExportedInfluencerBody) -> [CSVRecord] {
        var records: [CSVRecord] = []
        for (campaignID, currencies) in row.influencer.byCampaign.sorted(by: { $0.key < $1.key }) {
            for (currency, sums) in currencies.sorted(by: { $0.key < $1.key }) {
                var record = CSVRecord()
                record.add(text: row.influencer.influencerId)
                record.add(text: campaignID)
                record.add(text: currency)
                sums.amounts.forEach { record.add(decimal: $0) }
                records.append(record)
            }
        }
        return records
    }
}
