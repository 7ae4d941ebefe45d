/// Something that goes wrong: what is run, how it has to end, and what has to be said.
struct NightCase: Sendable, CustomStringConvertible {
    let words: [String]
    let status: Int32
    /// What standard error has to contain, all of it.
    let says: [String]
    var asNobody = false

    init(_ words: String, _ status: Int32, _ says: String..., asNobody: Bool = false) {
        self.words = words.split(separator: " ").map(String.init)
        self.status = status
        self.says = says
        self.asNobody = asNobody
    }

    var description: String { words.joined(separator: " ") + (asNobody ? " (as nobody)" : "") }

    /// Every subcommand of `campaignctl` that asks the daemon, with what it needs.
    static let asking: [String] = [
        "post {events}", "tail", "events", "event 1", "influencers", "influencer {influencer}", "trust {influencer}",
        "advocacy {influencer}", "compensation {influencer}", "campaigns", "campaign spring", "exceptions",
        "statement --from 2025-01-01 --to 2025-02-01",
        "report {influencer} --out {out}", "policies", "status", "top --once --interval 1",
        "export --format ndjson --out {out}",
        "backup {out}", "replay verify", "replay rebuild --detach", "replay back", "replay list", "replay show 1",
        "replay follow 1", "replay cancel 1", "replay remove 1", "replay changes 1",
    ]

    /// Those that need no daemon, or do something else without one: each has cases of its own.
    static let others: Set<String> = [
        "simulate", "doctor", "backup", "restore", "import", "verify", "help",
    ]

    static let paths: [NightCase] = [
        NightCase("campaignctl post {none} --socket {socket}", 66, "{none}", "No such file", "Give an NDJSON file"),
        NightCase("campaignctl post {locked} --socket {socket}", 66, "{locked}", "directory"),
        NightCase("campaignctl simulate --events 5 --out {none}/x", 1, "{none}", "No such file", "--out"),
        NightCase("campaignctl simulate --events 5 --out {locked}", 1, "{locked}", "--out"),
        NightCase("campaignctl export --format csv --out {none}/x --socket {socket}", 1, "{none}", "No such file"),
        NightCase("campaignctl export --format sqlite --out {none}/x --socket {socket}", 1, "{none}", "No such file"),
        NightCase("campaignctl export --format csv --out {file} --socket {socket}", 1, "exists already", "--force"),
        NightCase("campaignctl report {influencer} --out {none}/x --socket {socket}", 1, "{none}", "No such file"),
        NightCase("campaignctl report {influencer} --out {file} --socket {socket}", 1, "exists already", "--force"),
        NightCase("campaignctl influencer nobody-here --socket {socket}", 1, "nobody-here"),
        NightCase("campaignctl replay show 99 --socket {socket}", 1, "99"),
        NightCase("campaignctl replay follow 99 --socket {socket}", 1, "99"),
        NightCase("campaignctl replay cancel 99 --socket {socket}", 1, "99"),
        NightCase("campaignctl replay changes 99 --socket {socket}", 1, "99"),
        NightCase("campaignctl replay verify --share 0 --socket {socket}", 64, "--share"),
        NightCase("campaignctl statuss", 64, "statuss"),
        NightCase("campaignctl trust {influencer} --at yesterday", 64, "--at is yesterday", "RFC 3339"),
        NightCase("campaignctl top --interval 0", 64, "--interval is 0"),
        NightCase("campaignctl doctor --backup-age 0", 64, "--backup-age is 0"),
        NightCase("campaignd digest --data {none}", 66, "{none}", "LEDGER"),
        NightCase("campaignd digest --data {data}", 75, "{data}", "process"),
        NightCase("campaignd serve --config {none}", 78, "{none}"),
        NightCase("campaignd serve --policy {none} --data {out} --socket {out}.sock", 78, "{none}"),
        NightCase("campaignd serve --data {file} --socket {out}.sock", 74, "{file}"),
        NightCase("campaignd serve --data {none}/x/data --socket {out}.sock", 74, "{none}/x"),
        NightCase("campaignd serve --data {locked}/../other --socket {out}.sock", 74, "other"),
        NightCase("campaignd serve --data {data} --socket {out}.sock", 75, "{data}"),
        NightCase("campaignd serve --data {cold} --socket {socket}", 75, "{socket}"),
        NightCase("campaignd serve --data {cold} --socket {file}", 78, "{file}"),
        NightCase("campaignd serv", 64, "serv"),
    ]

    /// What works on files without the daemon.
    static let offline: [NightCase] = [
        NightCase("campaignctl backup {out} --data {none}", 1, "{none}"),
        NightCase("campaignctl backup {out} --data {locked}", 1, "{locked}"),
        NightCase("campaignctl backup {file} --data {cold}", 1, "{file}"),
        NightCase("campaignctl backup {cold} --data {cold}", 1, "{cold}"),
        NightCase("campaignctl backup {none} --incremental --data {cold}", 1, "{none}"),
        NightCase("campaignctl backup {backup} --incremental --data {data}", 1, "{backup}"),
        NightCase("campaignctl backup {none}/x/y --data {cold}", 1, "{none}/x"),
        NightCase("campaignctl restore {none} {out}", 1, "{none}"),
        NightCase("campaignctl restore {file} {out}", 1, "{file}"),
        NightCase("campaignctl restore {cold} {out}", 1, "{cold}"),
        NightCase("campaignctl restore {backup} {cold}", 1, "{cold}"),
        NightCase("campaignctl restore {backup} {file}", 1, "{file}"),
        NightCase("campaignctl restore {backup} {none}/x/y", 1, "{none}/x"),
        NightCase("campaignctl verify {none}", 1, "{none}", "No such file"),
        NightCase("campaignctl verify {file}", 1, "{file}", "Not a directory"),
        NightCase("campaignctl verify {locked}", 1, "{locked}", "LEDGER"),
        NightCase("campaignctl verify {data}", 1, "{data}", "process", "campaignctl replay verify"),
        NightCase("campaignctl verify {cold} --work {none}/x", 1, "{none}/x", "No such file"),
        NightCase("campaignctl verify {cold} --cores 0", 64, "--cores is 0"),
        NightCase("campaignctl import {none} --data {out}", 66, "{none}", "No such file"),
        NightCase("campaignctl import {file} --data {imported}", 1, "{file}", "Line 1", "ends at 0"),
        NightCase("campaignctl import {export} --data {cold}", 1, "{cold}", "--append"),
        NightCase("campaignctl import {export} --data {data}", 1, "{data}", "process"),
        NightCase("campaignctl import {export} --data {file}", 1, "{file}"),
        NightCase("campaignd serve --data {backup} --socket {out}.sock", 74, "{backup}"),
        NightCase("campaignd digest --data {backup}", 74, "{backup}"),
    ]

    /// For a user who may not.
    static let forbidden: [NightCase] = [
        NightCase("campaignctl post {locked}/x --socket {socket}", 66, "{locked}", "Permission denied", asNobody: true),
        NightCase("campaignctl status --socket {socket}", 69, "{socket}", asNobody: true),
        NightCase("campaignctl simulate --events 5 --out {locked}/x", 1, "Permission denied", asNobody: true),
        NightCase(
            "campaignctl export --format csv --out {locked}/x --socket {socket}", 1, "Permission denied",
            asNobody: true),
        NightCase(
            "campaignctl report {influencer} --out {locked}/x --socket {socket}", 1, "Permission denied", asNobody: true
        ),
        NightCase("campaignd digest --data {cold}", 66, "{cold}", asNobody: true),
        NightCase("campaignd serve --data {cold} --socket {out}.sock", 74, "Permission denied", asNobody: true),
        NightCase("campaignd serve --data {locked}/data --socket {out}.sock", 74, "Permission denied", asNobody: true),
        NightCase("campaignd serve --config {file}", 78, "{file}", asNobody: true),
        NightCase("campaignctl backup {open}/b --data {cold}", 1, "{cold}", "Permission denied", asNobody: true),
        NightCase("campaignctl backup {locked}/b --data {cold}", 1, "Permission denied", asNobody: true),
        NightCase("campaignctl restore {backup} {open}/r", 1, "{backup}", "Permission denied", asNobody: true),
        NightCase("campaignctl verify {cold}", 1, "{cold}", "Permission denied", asNobody: true),
        NightCase("campaignctl import {locked}/x --data {open}/i", 66, "Permission denied", asNobody: true),
        NightCase("campaignctl import {export} --data {locked}/i", 1, "{locked}", "Permission denied", asNobody: true),
    ]

    /// Waits half a minute for a daemon that comes back, as what it follows goes on then: not tried at each socket.
    static let patient = "replay follow 1"

    /// Sockets that lead nowhere.
    static let sockets = ["{none}", "{none}/s", "{dead}", "{file}", "{cold}", "{data}"]
}
