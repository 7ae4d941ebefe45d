import LedgerAPI

/// How the page was made and how to check it.
enum AboutSection {
    /// - Parameter commands: Of `campaignctl`, that give the same answers again.
    static func section(_ standing: Standing, commands: [String]) -> ReportPage.Section {
        ReportPage.Section(
            id: "about", title: "About this page",
            content: [
                .element(
                    "p",
                    [
                        .text(
                            "Every number is an answer of the ledger as of position \(standing.position) at "
                                + "\(standing.at), or is added up from such answers where a table says so. Positions "
                                + "are places in the log: "), .element("code", [.text("campaignctl event POSITION")]),
                        .text(
                            " shows the event at one. Where a table names a reason behind positions, all of its events "
                                + "can be listed with --reason. The page loads nothing and runs nothing."),
                    ]),
                .element("p", [.text("The same answers again:")]),
                .block("ul", [:], commands.map { .element("li", [.element("code", [.text($0)])]) }),
            ])
    }

    /// What to add to a command for the same moment.
    static func moment(_ standing: Standing) -> String {
        "--at \(standing.at) --position \(standing.position)"
    }
}
