import LedgerAPI

/// Where a campaign's influencers stand, and who they are.
struct FunnelSection {
    static let rowsMax = 500

    let funnel: CampaignFunnelBody
    let influencers: ReportList<CampaignInfluencerBody>

    var section: ReportPage.Section {
        let most = Int128(funnel.stages.map(\.count).max() ?? 0)
        let stages = ReportTable(
            "How many influencers stand at each stage", [.text("stage"), .number("influencers"), .text("")],
            funnel.stages.map { stage in
                [
                    .init(stage.stage), .init(Decimals.grouped(stage.count)),
                    .init(ShareBar.markup(Int128(stage.count), of: most)),
                ]
            })
        return ReportPage.Section(
            id: "influencers", title: "Influencers",
            content: [stages.markup] + note + (influencers.items.isEmpty ? [] : [list.markup]))
    }

    private var note: [Markup] {
        let clauses = FunnelNote.clauses(funnel, influencers: influencers.isWhole ? influencers.items : nil)
        guard !clauses.isEmpty else { return [] }
        return [.element("p", ["class": "note"], [.text("These are \(clauses.joined(separator: "; ")).")])]
    }

    private var list: ReportTable {
        let shown = influencers.items.prefix(Self.rowsMax)
        let isAll = influencers.isWhole && shown.count == influencers.items.count
        return ReportTable(
            "Influencers of the campaign, \(isAll ? "all \(shown.count)" : "the first \(shown.count)")",
            [
                .text("influencer"), .text("kind"), .time("agreed"), .text("ended"), .text("tier"), .number("trust"),
                .text(""), .text("stage"), .text("due here"),
            ],
            shown.map(Self.row))
    }

    private static func row(_ item: CampaignInfluencerBody) -> [ReportTable.Cell] {
        let due = item.compensation.sorted { $0.key < $1.key }.map { "\($0.value.due) \($0.key)" }
        let ended = item.ended.map { "\($0) \(item.endReason ?? "")" } ?? "–"
        let raw = Decimals.parse(item.score)?.units ?? 0
        return [
            .init(item.influencerId), .init(item.kind ?? "–"), .init(item.agreed ?? "–"), .init(ended),
            .init(item.tier), .init(item.score), .init(ShareBar.markup(raw, of: 1_000_000)), .init(item.stage),
            .init(due.joined(separator: ", ")),
        ]
    }
}
