package import LedgerAPI

/// What a whatif finds as CSV: a record an influencer, in the order in which they are given; a cell is empty where nothing
/// changes.
package enum ChangeTable {
    package static let columns =
        ["influencerId", "tier"]
        + pairs(of: ["score"]) + ["scoreDifference"] + pairs(of: ["scoreBeforeCaps"])
        + pairs(of: components) + pairs(of: ["evidence", "evidenceCount", "caps", "openBreaches", "stage", "flags"])
        + pairs(of: metrics.map { "\($0)Bp" }) + pairs(of: ["homeTopics"]) + ["compensation", "reportable"]

    private static let components = [
        "responsiveness", "nicheFit", "authenticity", "engagementQuality", "disclosure", "reliability",
    ]
    private static let metrics = ["acceptRate", "earnedShare", "seedingPostRate"]

    private static func pairs(of names: [String]) -> [String] {
        names.flatMap { ["\($0)Before", "\($0)After"] }
    }

    /// The first line.
    package static let heading = columns.joined(separator: ",") + "\r\n"

    package static func record(of change: ChangeBody) -> CSVRecord {
        var record = CSVRecord()
        record.add(text: change.influencerId)
        record.add(text: change.tier)
        record.add(pair: change.score) { $0.add(decimal: $1) }
        record.add(decimal: change.score.flatMap { difference($0) })
        record.add(pair: change.scoreBeforeCaps) { $0.add(decimal: $1) }
        for name in components {
            let component = change.components.first { $0.component == name }
            record.add(number: component?.before)
            record.add(number: component?.after)
        }
        record.add(pair: change.evidence) { $0.add(text: $1) }
        record.add(pair: change.evidenceCount) { $0.add(number: $1) }
        record.add(pair: change.caps) { $0.add(texts: $1 ?? []) }
        record.add(pair: change.openBreaches) { $0.add(number: $1) }
        record.add(pair: change.stage) { $0.add(text: $1) }
        record.add(pair: change.flags) { $0.add(texts: $1 ?? []) }
        for name in metrics {
            let metric = change.metrics.first { $0.metric == name }
            record.add(number: metric?.before)
            record.add(number: metric?.after)
        }
        record.add(pair: change.homeTopics) { $0.add(texts: $1 ?? []) }
        record.add(texts: sums(change))
        record.add(texts: years(change))
        return record
    }

    private static func difference(_ change: BeforeAfter<String>) -> String? {
        guard let (was, places) = Decimals.parse(change.before), let (now, newPlaces) = Decimals.parse(change.after),
            places == newPlaces
        else { return nil }
        return Decimals.text(now - was, places: places)
    }

    /// Currency, sum, before and after, one after another.
    private static func sums(_ change: ChangeBody) -> [String] {
        change.compensation.sorted { $0.key < $1.key }.flatMap { currency, sums in
            sums.sorted { $0.key < $1.key }.flatMap { [currency, $0.key, $0.value.before, $0.value.after] }
        }
    }

    /// Year, currency and whether it is reportable before and after, one after another; `-` of what is not judged.
    private static func years(_ change: ChangeBody) -> [String] {
        change.reportable.flatMap { year in
            [
                String(year.year), year.currency, year.before.reportable.map { "\($0)" } ?? "-",
                year.after.reportable.map { "\($0)" } ?? "-",
            ]
        }
    }
}

extension CSVRecord {
    /// Two cells.
    fileprivate mutating func add<Value>(
        pair: BeforeAfter<Value>?, _ cell: (inout CSVRecord, Value?) -> Void
    ) {
        cell(&self, pair?.before)
        cell(&self, pair?.after)
    }
}
