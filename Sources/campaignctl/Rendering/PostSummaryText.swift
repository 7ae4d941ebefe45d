/// What a whole `post` did.
enum PostSummaryText {
    static func render(_ totals: PostTotals, validateOnly: Bool, milliseconds: Int64, _ style: Style) -> String {
        let rate = totals.events * 1_000 / max(1, Int(milliseconds))
        let time = Figures.decimal(milliseconds, places: 3)
        var text = "\(Figures.count(totals.events, "event")) in \(Figures.count(totals.batches, "batch", "batches")): "
        if validateOnly {
            text += "\(Figures.grouped(totals.events - totals.refused)) valid, nothing recorded"
        } else {
            text += "\(Figures.grouped(totals.recorded)) recorded"
        }
        text += ", \(Figures.count(totals.repeats, "repeat"))"
        if totals.refused > 0 {
            text += ", \(Figures.grouped(totals.refused)) refused"
        }
        if let head = totals.head {
            text += "; head \(head)"
        }
        text += "; \(time) s, \(Figures.grouped(rate)) events/s\n"
        if totals.ahead > 0 {
            text +=
                style.paint(
                    "\(Figures.count(totals.ahead, "event")) dated ahead of the daemon's clock "
                        + "(first in line \(totals.firstAheadLine ?? 0)): they count from their time on.",
                    .warning) + "\n"
        }
        if totals.retries > 0 {
            text += "\(Figures.count(totals.retries, "batch was", "batches were")) sent again after waiting\n"
        }
        return text
    }

    /// The same as JSON, keys sorted; a permanent form.
    static func json(_ totals: PostTotals, validateOnly: Bool) -> String {
        let head = totals.head.map { String($0) } ?? "null"
        return "{\"ahead\":\(totals.ahead),\"batches\":\(totals.batches),\"events\":\(totals.events),\"head\":\(head),"
            + "\"recorded\":\(totals.recorded),\"refused\":\(totals.refused),\"repeats\":\(totals.repeats),"
            + "\"retries\":\(totals.retries),\"validateOnly\":\(validateOnly)}\n"
    }
}
