import Foundation
import LedgerAPI
import Testing

@testable import LedgerReports

/// What stands in tables is what was answered, or adds up to it.
@Suite struct ReportNumberTests {
    /// The numbers in a text.
    /// - Parameter isGrouped: Whether a comma between digits belongs to a number, as on the page; in JSON it does not.
    private static func numbers(in text: String, isGrouped: Bool) -> Set<String> {
        var found: Set<String> = []
        var current = ""
        for character in text + " " {
            let isMark = character == "." || (isGrouped && character == ",")
            if character.isASCII, character.isNumber || (isMark && !current.isEmpty) {
                current.append(character)
            } else if !current.isEmpty {
                let number = current.filter { $0 != "," }
                found.insert(number.hasSuffix(".") ? String(number.dropLast()) : number)
                current = ""
            }
        }
        return found
    }

    @Test func `every number in an influencer's tables is in the answers`() throws {
        let report = ReportFixtures.influencerReport()
        var answers = ""
        for json in [
            try WireCoding.encode(report.influencer), try WireCoding.encode(report.trust),
            try WireCoding.encode(report.advocacy), try WireCoding.encode(report.compensation),
            try WireCoding.encode(report.history.items), try WireCoding.encode(report.posts.items),
            try WireCoding.encode(report.exceptions.items), try WireCoding.encode(report.statement),
            try WireCoding.encode(report.postings.items),
        ] {
            answers += String(decoding: json, as: UTF8.self) + " "
        }
        var known = Self.numbers(in: answers, isGrouped: false)
        // The same numbers as per cent, as scores and as weights.
        for number in known.compactMap({ Int128($0) }) {
            known.insert(Decimals.text(number, places: 2))
            known.insert(Decimals.text(number, places: 4))
            known.insert(Decimals.short(number, places: 9))
        }
        // Sums that this page adds up itself: of weights, of counted rows, of the sum's postings.
        known.formUnion(["100", "40", "60", "53", "20", "2"])
        let cells = try StrictMarkup.elements(of: report.html).filter { ["td", "th"].contains($0.name) }
        let derived = Set(
            MoneyFlow.flows(report.postings.items).flatMap { flow in
                flow.periods.flatMap { [$0.earned, $0.gifts, $0.media, $0.paid, abs($0.due)].map { flow.text($0) } }
            })
        for cell in cells {
            for number in Self.numbers(in: cell.text, isGrouped: true) where !derived.contains(number) {
                #expect(known.contains(number), "\(number) in: \(cell.text)")
            }
        }
    }

    @Test func `contributions and what caps take add up to the score`() throws {
        let explanation = ReportFixtures.explainedTrust
        let sum = explanation.components.map(\.contribution).reduce(0, +)
        let page = ReportFixtures.influencerReport().html
        for number in [sum, explanation.capping, sum + explanation.capping] {
            #expect(page.contains(">\(Decimals.text(Int128(number), places: 4))<"))
        }
    }

    @Test func `money by month adds up to the postings, and what is due to its account`() throws {
        let postings = ReportFixtures.postings("spring", influencer: "ada")
        let flow = try #require(MoneyFlow.flows(postings).first)
        #expect(flow.currency == "EUR")
        #expect(flow.places == 2)
        func sum(_ debit: (PostingBody) -> Bool) -> Int128 {
            postings.filter(debit).map { Int128($0.minor) }.reduce(0, +)
        }
        #expect(flow.periods.map(\.earned).reduce(0, +) == sum { $0.debit == "Expenses:Fees" })
        #expect(flow.periods.map(\.gifts).reduce(0, +) == sum { $0.debit == "Expenses:Gifts" })
        #expect(flow.periods.map(\.paid).reduce(0, +) == sum { $0.credit == "Assets:Cash" })
        let due = sum { $0.credit == "Liabilities:Due" } - sum { $0.debit == "Liabilities:Due" }
        #expect(flow.periods.last?.due == due)
        #expect(flow.periods.first?.label == "2025-08")
        #expect(flow.periods.count == 11)
    }

    @Test func `returns and cancellations take from a month what they undo`() throws {
        var postings = Array(ReportFixtures.postings("spring", influencer: "ada").prefix(2))
        for index in postings.indices.reversed() {
            var undone = postings[index]
            swap(&undone.debit, &undone.credit)
            postings.append(undone)
        }
        let flow = try #require(MoneyFlow.flows(postings).first)
        #expect(flow.periods.allSatisfy { $0.earned == 0 && $0.gifts == 0 && $0.due == 0 })
    }

    @Test func `many months are shown by year`() throws {
        var postings = Array(ReportFixtures.postings("spring", influencer: "ada").prefix(2))
        postings[0].day = "2019-05-06"
        let flow = try #require(MoneyFlow.flows(postings).first)
        #expect(flow.periods.map(\.label) == ["2019", "2020", "2021", "2022", "2023", "2024", "2025"])
        #expect(flow.periods[0].earned == 12_000)
        #expect(flow.periods[6].gifts == 2_500)
    }
}
