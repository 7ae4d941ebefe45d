import FoundationEssentials
import LedgerAPI
import Testing

private func text(_ value: some Encodable) throws -> String {
    String(decoding: try WireCoding.encode(value), as: UTF8.self)
}

struct AnswerTests {
    private let standing = Standing(
        position: 7, head: 9, at: "2026-06-30T12:00:00Z", policyVersion: .init(advocacy: 0, tax: 1, trust: 2))

    @Test func anAnswerLiesBesideItsStandingWithSortedKeysAndNulls() throws {
        let body = InfluencerAdvocacyBody(
            influencerId: "nia",
            advocacy: AdvocacyBody(
                flags: [], metrics: .init(acceptRateBp: nil, earnedShareBp: 8000, seedingPostRateBp: nil),
                stage: "trueFan", stageRank: 7))
        let answer = Answered(standing: standing, body: body)
        let expected = """
            {"advocacy":{"flags":[],"metrics":{"acceptRateBp":null,"earnedShareBp":8000,"seedingPostRateBp":null},\
            "stage":"trueFan","stageRank":7},"at":"2026-06-30T12:00:00Z","head":9,"influencerId":"nia",\
            "policyVersion":{"advocacy":0,"tax":1,"trust":2},"position":7}
            """
        #expect(try text(answer) == expected)
        let back = try WireCoding.decode(Answered<InfluencerAdvocacyBody>.self, from: Data(expected.utf8))
        #expect(back == answer)
    }

    @Test func aListWithoutAFurtherPageSaysNull() throws {
        #expect(try text(ItemList(items: ["a"], next: nil)) == #"{"items":["a"],"next":null}"#)
        let back = try WireCoding.decode(ItemList<String>.self, from: Data(#"{"items":["a"]}"#.utf8))
        #expect(back == ItemList(items: ["a"], next: nil))
    }

    @Test func campaignSumsLieBesideTheirMedia() throws {
        let sums = CompensationSums(
            commissionsPending: "0.00", due: "-1.00", feesAccrued: "0.00", giftsAtCost: "0.00", giftsAtValue: "0.00",
            inFlight: "0.00", paid: "0.00", receivable: "1.00", withheld: "0.00")
        let encoded = try WireCoding.encode(CampaignSums(sums: sums, media: "3.50"))
        let object = try WireCoding.decode([String: String].self, from: encoded)
        #expect(object["media"] == "3.50")
        #expect(object["due"] == "-1.00")
        #expect(object.count == 10)
        #expect(try WireCoding.decode(CampaignSums.self, from: encoded) == CampaignSums(sums: sums, media: "3.50"))
    }

    @Test func aTrialBalanceHoldsSumsBeyond64Bits() throws {
        let body = TrialBalanceBody(trialBalance: ["JPY": ["Assets:Cash": -(Int128(1) << 70)]])
        let encoded = try text(body)
        #expect(encoded == #"{"trialBalance":{"JPY":{"Assets:Cash":-1180591620717411303424}}}"#)
        #expect(try WireCoding.decode(TrialBalanceBody.self, from: Data(encoded.utf8)) == body)
    }

    @Test func theAppendAnswerNamesRunsRepeatsAndWhatIsAhead() throws {
        let answer = AppendAnswer(
            head: 9, recorded: 3, positions: [.init(first: 5, last: 6), .init(first: 9, last: 9)],
            repeats: [.init(index: 1, position: 2)], ahead: nil)
        let expected = #"{"head":9,"positions":[[5,6],[9,9]],"recorded":3,"repeats":[{"index":1,"position":2}]}"#
        #expect(try text(answer) == expected)
        #expect(try WireCoding.decode(AppendAnswer.self, from: Data(expected.utf8)) == answer)
    }

    @Test func anEventIdentityIsAPair() throws {
        #expect(try text([EventIdentity(source: "urn:a/b", id: "1")]) == #"[["urn:a/b","1"]]"#)
    }

    @Test func anItemOfTheListOfInfluencersIsOneObject() throws {
        let zero = CompensationSums(
            commissionsPending: "0", due: "7", feesAccrued: "0", giftsAtCost: "0", giftsAtValue: "0", inFlight: "0",
            paid: "0", receivable: "0", withheld: "0")
        let item = InfluencerItemBody(
            influencer: InfluencerBody(
                influencerId: "nia", tier: "micro",
                trust: TrustBody(
                    score: "50.0000", raw: 500_000, beforeCaps: 500_000, caps: [],
                    components: .init(
                        responsiveness: 1, nicheFit: 2, authenticity: 3, engagementQuality: 4, disclosure: 5,
                        reliability: 6),
                    evidence: "low", evidenceCount: 0, openBreaches: []),
                advocacy: AdvocacyBody(
                    flags: [], metrics: .init(acceptRateBp: nil, earnedShareBp: nil, seedingPostRateBp: nil),
                    stage: "prospect", stageRank: 0),
                compensation: ["JPY": zero], byCampaign: [:], reportable: [:]),
            engagements: 12, platform: nil, homeTopics: ["books"])
        let encoded = try text(item)
        #expect(encoded.contains(#""engagements":12,"homeTopics":["books"],"influencerId":"nia","platform":null"#))
        #expect(try WireCoding.decode(InfluencerItemBody.self, from: Data(encoded.utf8)) == item)
    }

    @Test func jsonValuesComeBackAsTheyWere() throws {
        let source = #"{"a":[1,true,null,"x"],"b":{"c":-9007199254740991}}"#
        let value = try WireCoding.decode(JSONValue.self, from: Data(source.utf8))
        #expect(try text(value) == source)
        #expect(value["b"]?["c"] == .integer(-9_007_199_254_740_991))
    }
}

struct PageCursorTests {
    @Test func aCursorComesBackAsItWas() {
        let cursor = PageCursor(list: "/v1/influencers", after: "ana.1", at: "2026-01-01T00:00:00Z", position: 12)
        #expect(PageCursor(text: cursor.text) == cursor)
        #expect(PageCursor(text: PageCursor(list: "/l", after: "z").text) == PageCursor(list: "/l", after: "z"))
        #expect(!cursor.text.contains { "+/=".contains($0) })
        let sorted = PageCursor(list: "/l", after: "z", position: 1, key: "-12")
        #expect(PageCursor(text: sorted.text) == sorted)
    }

    @Test(arguments: ["", "x", "!!!!", "MQ", "MQovbA", String(repeating: "A", count: 5000)])
    func whatIsNoCursorIsRefused(text: String) {
        #expect(PageCursor(text: text) == nil)
    }
}

struct ProblemTests {
    @Test func everyCodeHasAWholeEntryOfItsOwn() {
        var titles: Set<String> = []
        for code in ProblemCode.allCases {
            let entry = code.entry
            #expect((400...504).contains(entry.status), "\(code)")
            #expect(titles.insert(entry.title).inserted, "\(code)")
            #expect(entry.cause.hasSuffix(".") && entry.remedy.hasSuffix("."), "\(code)")
        }
    }

    @Test func aProblemCarriesItsFirstFaultAndAtMostAHundred() throws {
        let faults = (0..<120).map {
            ProblemFault(
                index: $0, code: "missingField", pointer: "/data/likes", expected: "a count", found: "nothing",
                remedy: "Add it.")
        }
        let problem = ProblemDetails(status: 422, title: "Refused", faults: faults, total: 130)
        #expect(problem.code == "missingField")
        #expect(problem.type == "urn:campaign-ledger:problem:missingField")
        #expect(problem.pointer == "/data/likes")
        #expect(problem.index == 0)
        #expect(problem.errors?.count == 100)
        #expect(problem.errorsTotal == 130)
        #expect(problem.detail == "event 0 at /data/likes: expected a count, found nothing")
        #expect(try WireCoding.decode(ProblemDetails.self, from: try WireCoding.encode(problem)) == problem)
    }

    @Test func aProblemOfTheCatalogueSaysWhatToDo() {
        let problem = ProblemDetails(.minPositionTimeout, detail: "stands at 3")
        #expect(problem.status == 504)
        #expect(problem.retry)
        #expect(problem.errors == nil)
    }
}
