package import LedgerAPI

/// How the parts of a component of trust are written, on pages and terminals.
package enum TrustPartText {
    /// The title of the column of points.
    package static let pointsTitle = "points, 10,000 = all"

    /// A part's number: with its unit where it is no count of the things behind it.
    package static func count(_ part: TrustPartBody) -> String {
        switch part.part {
        case "commentsRatio": Decimals.grouped(part.count) + (part.count == 1 ? " comment" : " comments")
        case "suspiciousFollowers": Decimals.percent(bp: part.count)
        default: Decimals.grouped(part.count)
        }
    }
}
