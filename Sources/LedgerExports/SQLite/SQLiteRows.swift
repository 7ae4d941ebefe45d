import FoundationEssentials
import GRDB
import LedgerAPI

/// Values of one row, and the statement that inserts it.
struct SQLiteRow {
    let insert: String
    let values: StatementArguments

    init(_ table: String, _ values: [(any DatabaseValueConvertible)?]) {
        let marks = Array(repeating: "?", count: values.count).joined(separator: ",")
        insert = "INSERT INTO \(table) VALUES (\(marks))"
        self.values = StatementArguments(values)
    }
}

/// How the daemon's rows become rows of tables.
enum SQLiteRows {
    static func meta(_ moment: ExportMoment, influencerID: String?, campaignID: String?) -> SQLiteRow {
        let policies = moment.policyVersion
        return SQLiteRow(
            "meta",
            [
                1, moment.ledgerID, moment.version, Int64(clamping: moment.position), moment.at, policies.trust,
                policies.advocacy, policies.tax, influencerID, campaignID,
            ])
    }

    static func influencer(_ row: ExportedInfluencerBody) throws(ExportFault) -> [SQLiteRow] {
        let (body, trust, advocacy) = (row.influencer, row.influencer.trust, row.influencer.advocacy)
        let components = trust.components
        var values: [(any DatabaseValueConvertible)?] = [
            body.influencerId, row.platform, row.registered, body.tier, trust.score, trust.raw, trust.beforeCaps,
            trust.evidence, Int64(exactly: trust.evidenceCount), components.responsiveness, components.nicheFit,
            components.authenticity, components.engagementQuality, components.disclosure, components.reliability,
        ]
        values += [
            try json(trust.caps.map(\.cap)), try json(trust.openBreaches), advocacy.stage, advocacy.stageRank,
            try json(advocacy.flags), advocacy.metrics.acceptRateBp, advocacy.metrics.earnedShareBp,
            advocacy.metrics.seedingPostRateBp, try json(row.homeTopics), Int64(exactly: row.engagements),
        ]
        return [SQLiteRow("influencers", values)] + compensation(body) + (try reportable(body))
    }

    private static func compensation(_ body: InfluencerBody) -> [SQLiteRow] {
        var rows: [SQLiteRow] = []
        for (campaignID, currencies) in body.byCampaign {
            for (currency, sums) in currencies {
                rows.append(
                    SQLiteRow("compensation", [body.influencerId, campaignID, currency] + sums.amounts.flatMap(money)))
            }
        }
        return rows
    }

    private static func reportable(_ body: InfluencerBody) throws(ExportFault) -> [SQLiteRow] {
        var rows: [SQLiteRow] = []
        for (yearText, year) in body.reportable {
            guard let number = Int(yearText) else {
                throw .unwritableValue("\(body.influencerId) has something reportable in no year.")
            }
            for (currency, sums) in year.currencies {
                let amounts = [sums.cash, sums.gifts, sums.total].flatMap(money)
                rows.append(
                    SQLiteRow(
                        "reportable",
                        [body.influencerId, number, currency] + amounts
                            + [year.reportable, year.thresholdUsd as (any DatabaseValueConvertible)?]))
            }
        }
        return rows
    }

    static func post(_ row: ExportedPostBody) throws(ExportFault) -> SQLiteRow {
        let post = row.post
        let values: [(any DatabaseValueConvertible)?] = [
            row.influencerId, post.postId, Int64(clamping: row.position), post.published, post.platform,
            try json(post.topics), try json(post.brandIds), post.campaignId, post.connection, post.live, post.removed,
            post.needsDisclosure, post.verdict, post.engagements, post.counters?.time,
        ]
        return SQLiteRow("posts", values + post.counterValues)
    }

    static func posting(_ row: PostingBody) -> SQLiteRow {
        SQLiteRow(
            "postings",
            [
                Int64(clamping: row.position), row.source, row.id, row.type, row.time, row.day, row.influencerId,
                row.campaignId, row.debit, row.credit, row.currency, row.amount, row.minor,
            ])
    }

    static func exception(_ row: ExceptionBody, number: Int) -> [SQLiteRow] {
        let about = row.about
        let exception = SQLiteRow(
            "exceptions",
            [
                number, row.kind, row.since, row.influencerId, row.campaignId, about.thingId, about.campaignId,
                about.quantity, about.currency,
            ] + (about.amount.map(money) ?? [nil, nil]))
        return [exception]
            + zip(row.positions, row.events).enumerated().map { place, event in
                SQLiteRow(
                    "exceptionEvents",
                    [number, place, Int64(clamping: event.0), event.1.source, event.1.id])
            }
    }

    /// The decimal and its minor units; these are nil beyond 64 bits.
    static func money(_ amount: String) -> [(any DatabaseValueConvertible)?] {
        [amount, Decimals.parse(amount).flatMap { Int64(exactly: $0.units) }]
    }

    private static func json(_ texts: [String]) throws(ExportFault) -> String {
        do {
            return String(decoding: try WireCoding.encode(texts), as: UTF8.self)
        } catch {
            throw .unwritableValue("A list cannot be written as JSON: \(error).")
        }
    }
}
