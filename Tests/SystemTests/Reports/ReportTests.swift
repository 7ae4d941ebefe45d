import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    /// Pages made of a real daemon's answers, drawn by a real browser.
    @Suite("Reports")
    struct ReportTests {
        /// A daemon with a simulated programme, and pages about its first influencer and its first campaign.
        final class Pages: Sendable {
            let folder: TemporaryFolder
            let daemon: DaemonProcess
            let influencer: String
            let campaign: String

            init() throws {
                folder = try TemporaryFolder()
                daemon = try DaemonProcess(folder.path)
                let events = "\(folder.path)/events.ndjson"
                try Self.ctl(
                    ["simulate", "--influencers", "40", "--events", "6000", "--seed", "7", "--quiet", "--out", events])
                try Self.ctl(["post", "--quiet", events, "--socket", daemon.socketPath])
                influencer = try Self.first("influencers", "influencerId", daemon.socketPath)
                campaign = try Self.first("campaigns", "campaignId", daemon.socketPath)
            }

            func page(_ id: String, _ name: String, _ more: [String] = []) throws -> String {
                let file = "\(folder.path)/\(name).html"
                try Self.ctl(["report", id, "--out", file, "--force", "--socket", daemon.socketPath] + more)
                return file
            }

            private static func first(_ kind: String, _ key: String, _ socket: String) throws -> String {
                let output = try ctl([kind, "--json", "--limit", "1", "--socket", socket])
                guard case .object(let answer) = try WireCoding.decode(JSONValue.self, from: Data(output)),
                    case .array(let items)? = answer["items"], case .object(let item)? = items.first,
                    case .string(let id)? = item[key]
                else { throw SystemFailure("\(kind): no \(key)") }
                return id
            }

            @discardableResult
            static func ctl(_ arguments: [String]) throws -> [UInt8] {
                let outcome = try Subprocess.run(
                    Places.program("campaignctl"), arguments, environment: Subprocess.environment(), timeoutSeconds: 60)
                try require(outcome.status == 0, "campaignctl \(arguments): \(outcome.errors)")
                return outcome.output
            }
        }

        @Test("The same question gives the same page, also after more was recorded", .timeLimit(.minutes(2)))
        func sameQuestionSamePage() async throws {
            try await onThread {
                let pages = try Pages()
                let moment = ["--at", "2026-01-01T00:00:00Z", "--position", "5000"]
                for (id, kind) in [(pages.influencer, "--influencer"), (pages.campaign, "--campaign")] {
                    let first = try Files.text(pages.page(id, "first", moment + [kind]))
                    let more = "\(pages.folder.path)/more.ndjson"
                    try Pages.ctl(
                        [
                            "simulate", "--influencers", "40", "--events", "500", "--seed", "8", "--quiet", "--out",
                            more,
                        ])
                    try Pages.ctl(["post", "--quiet", more, "--socket", pages.daemon.socketPath])
                    let second = try Files.text(pages.page(id, "second", moment + [kind]))
                    // The head has gone on and is said; nothing else may differ.
                    #expect(Self.withoutHead(first) == Self.withoutHead(second))
                    #expect(first.contains("position 5000 of "))
                }
                try pages.daemon.stop()
            }
        }

        private static func withoutHead(_ page: String) -> String {
            page.replacing(#/position 5000 of [0-9]+/#, with: "position 5000")
        }

        @Test(
            "A browser draws the pages on a phone, at a desk, in the dark and on paper, and complains of nothing",
            .enabled(if: Browser.path != nil, "no Chromium is installed: apt-get install chromium"),
            .timeLimit(.minutes(3)))
        func drawn() async throws {
            try await onThread {
                let pages = try Pages()
                let browser = Browser(path: Browser.path ?? "", folder: pages.folder.path)
                for (id, name, heading) in [
                    (pages.influencer, "influencer", "Influencer"), (pages.campaign, "campaign", "Campaign"),
                ] {
                    let page = try pages.page(id, name)
                    let document = try browser.document(of: page)
                    #expect(document.html.contains("<h1>\(heading) <bdi>\(id)</bdi></h1>"))
                    #expect(document.complaints.isEmpty, "\(document.complaints)")
                    var pictures: [[UInt8]] = []
                    for (width, dark) in [(390, false), (1_280, false), (1_280, true)] {
                        let picture = try browser.picture(of: page, width: width, height: 1_600, dark: dark)
                        #expect(Self.width(ofPNG: picture) == width)
                        // A page of one colour would be a few thousand bytes.
                        #expect(picture.count > 20_000)
                        pictures.append(picture)
                    }
                    #expect(pictures[1] != pictures[2], "dark looks as light")
                    let paper = String(decoding: try browser.paper(of: page), as: UTF8.self)
                    #expect(paper.hasPrefix("%PDF-"))
                    // A4 in points, rounded by the browser.
                    #expect(paper.contains(#/\/MediaBox \[0 0 59[45]\.[0-9]+ 84[12]\.[0-9]+\]/#))
                }
                try pages.daemon.stop()
            }
        }

        /// The width in pixels that a PNG file's head states; nil for what is no PNG.
        private static func width(ofPNG bytes: [UInt8]) -> Int? {
            guard bytes.count > 24, bytes.prefix(4) == [0x89, 0x50, 0x4E, 0x47] else { return nil }
            return bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        }
    }
}
