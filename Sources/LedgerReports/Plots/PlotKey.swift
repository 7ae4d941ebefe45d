/// What the lines and marks of a plot mean, for its caption.
enum PlotKey {
    static func line(_ classes: String, _ meaning: String) -> Markup {
        entry([.void("line", ["class": "line " + classes, "x1": "2", "x2": "30", "y1": "8", "y2": "8"])], meaning)
    }

    static func box(_ classes: String, _ meaning: String) -> Markup {
        entry(
            [.void("rect", ["class": classes, "x": "8", "y": "1", "width": "16", "height": "14"])], meaning)
    }

    static func mark(_ shape: Markup, _ meaning: String) -> Markup {
        entry([shape], meaning)
    }

    private static func entry(_ content: [Markup], _ meaning: String) -> Markup {
        .element(
            "span", ["class": "key"],
            [
                .element(
                    "svg",
                    [
                        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 32 16", "aria-hidden": "true",
                    ], content), .text(meaning),
            ])
    }
}
