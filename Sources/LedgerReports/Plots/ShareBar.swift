import LedgerAPI

/// A bar beside a number in a table.
enum ShareBar {
    /// Filled to `share` of `whole`; the number beside it says the same, so it is hidden from those who hear the page.
    static func markup(_ share: Int128, of whole: Int128, fill: String = "fa") -> Markup {
        let filled = whole <= 0 ? 0 : min(max(share, 0), whole) * 1_000 / whole
        return .element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "bar", "viewBox": "0 0 100 8",
                "preserveAspectRatio": "none", "aria-hidden": "true",
            ],
            [
                .void("rect", ["class": "track", "width": "100", "height": "8"]),
                .void(
                    "rect", ["class": fill, "width": Decimals.short(filled, places: 1), "height": "8"]),
            ])
    }
}
