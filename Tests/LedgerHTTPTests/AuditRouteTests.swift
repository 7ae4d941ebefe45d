import Foundation
import LedgerAPI
import Testing

/// Exceptions, statements, efficiency and the funnel over the socket.
@Suite(.serialized)
struct AuditRouteTests {
    // MARK: Exceptions

    private typealias Register = ItemList<ExceptionBody>

    /// Kind, whose and the events' ids, in the order of the register.
    private static let register = [
        "openBreach bob 14", "overBudget c1 11", "paidWithoutPost ana 07", "payoutExceedsDue bob 12",
        "postOutsideCampaign bob 14", "repeated ana 04,05", "unknownCampaign c2 a9", "unknownFee bob 13",
        "unknownInfluencer bob a9",
    ]

    private static func names(_ items: [ExceptionBody]) -> [String] {
        items.map { item in
            "\(item.kind) \(item.influencerId ?? item.campaignId ?? "") \(item.events.map(\.id).joined(separator: ","))"
        }
    }

    @Test func theRegisterIsSortedAndSaysWhoseWhereAndHowMuch() async throws {
        try await withAuditSamples { daemon in
            let whole = try await daemon.answer(Register.self, "/v1/exceptions?at=\(AuditSamples.at)")
            #expect(Self.names(whole.body.items) == Self.register)
            #expect(whole.body.next == nil)
            #expect(whole.standing.position == UInt64(AuditSamples.count))
            let over = try #require(whole.body.items.first { $0.kind == "overBudget" })
            #expect(over.positions == [11])
            #expect(over.since == "2026-01-20T12:00:00Z")
            #expect(over.influencerId == nil)
            // 250 + 50 + 900 of 1000.
            #expect(over.about.amount == "200.00" && over.about.currency == "EUR" && over.about.campaignId == "c1")
            let repeated = try #require(whole.body.items.first { $0.kind == "repeated" })
            #expect(repeated.positions == [4, 5] && repeated.about.thingId == "f1")
            #expect(repeated.about.amount == nil)
        }
    }

    @Test func pagesOfAnySizeMakeUpTheRegister() async throws {
        try await withAuditSamples { daemon in
            for limit in 1...4 {
                var items: [ExceptionBody] = []
                var cursor: String?
                repeat {
                    let next = cursor.map { "&cursor=\($0)" } ?? ""
                    let page = try await daemon.answer(
                        Register.self, "/v1/exceptions?at=\(AuditSamples.at)&limit=\(limit)\(next)")
                    #expect(page.body.items.count == limit || page.body.next == nil)
                    items += page.body.items
                    cursor = page.body.next
                } while cursor != nil
                #expect(Self.names(items) == Self.register, "limit \(limit)")
            }
        }
    }

    private static let filters: [(query: String, passes: @Sendable (ExceptionBody) -> Bool)] = [
        ("kind=repeated,overBudget", { ["repeated", "overBudget"].contains($0.kind) }),
        ("kind=overBudget&kind=unknownCampaign", { ["unknownCampaign", "overBudget"].contains($0.kind) }),
        ("kind=openBreach", { $0.kind == "openBreach" }), ("influencer=bob", { $0.influencerId == "bob" }),
        ("influencer=cleo", { _ in false }), ("campaign=c1", { $0.about.campaignId == "c1" }),
        ("campaign=c2", { $0.about.campaignId == "c2" }),
        ("campaign=c1&influencer=ana", { $0.about.campaignId == "c1" && $0.influencerId == "ana" }),
        ("since=2026-01-21T12:00:00Z", { $0.since >= "2026-01-21T12:00:00Z" }),
        (
            "since=2026-01-12T12:00:00Z&kind=unknownFee,repeated&influencer=bob",
            { $0.kind == "unknownFee" && $0.influencerId == "bob" }
        ),
    ]

    @Test func filtersPassWhatTheySayAndNothingElse() async throws {
        try await withAuditSamples { daemon in
            let whole = try await daemon.answer(Register.self, "/v1/exceptions?at=\(AuditSamples.at)").body.items
            for (query, passes) in Self.filters {
                let found = try await daemon.answer(
                    Register.self, "/v1/exceptions?at=\(AuditSamples.at)&\(query)")
                #expect(found.body.items == whole.filter(passes), "\(query)")
            }
        }
    }

    @Test func theRegisterIsAsOfAPositionAndAnInstant() async throws {
        try await withAuditSamples { daemon in
            let early = try await daemon.answer(
                Register.self, "/v1/exceptions?at=\(AuditSamples.at)&position=5")
            #expect(Self.names(early.body.items) == ["repeated ana 04,05"])
            #expect(early.standing.position == 5)
            let before = try await daemon.answer(Register.self, "/v1/exceptions?at=2026-01-12T12:00:00Z")
            #expect(
                Self.names(before.body.items) == [
                    "repeated ana 04,05", "unknownCampaign c2 a9", "unknownInfluencer bob a9",
                ])
        }
    }

    // MARK: Statements

    private static func statement(_ query: String, _ daemon: TestDaemon) async throws -> StatementBody {
        try await daemon.answer(StatementBody.self, "/v1/statements?at=\(AuditSamples.at)&\(query)").body
    }

    @Test func aStatementOpensPostsAndCloses() async throws {
        try await withAuditSamples { daemon in
            let all = try await Self.statement("from=2026-01-11&to=2026-01-15", daemon)
            #expect(all.items.map(\.id) == ["07", "a9", "z8", "10"])
            #expect(all.items.map(\.influencerId) == ["ana", "bob", "ana", nil])
            #expect(all.items.map(\.type) == ["payout.settled", "fee.accrued", "fee.accrued", "adflight.recorded"])
            #expect(all.postingCount == 4)
            #expect(
                all.accounts.map { "\($0.account) \($0.opening) \($0.debits) \($0.credits) \($0.closing)" } == [
                    "Assets:Cash 0.00 0.00 250.00 -250.00", "Expenses:Fees 250.00 30.00 0.00 280.00",
                    "Expenses:Media 0.00 50.00 0.00 50.00", "Liabilities:Due 0.00 0.00 30.00 -30.00",
                    "Liabilities:InFlight -250.00 250.00 0.00 0.00", "Liabilities:Media 0.00 0.00 50.00 -50.00",
                ])
            let ana = try await Self.statement("from=2026-01-11&to=2026-01-15&influencer=ana", daemon)
            #expect(ana.items.map(\.id) == ["07", "z8"])
            #expect(ana.influencerId == "ana" && ana.campaignId == nil)
            let campaign = try await Self.statement("from=2026-01-11&to=2026-01-15&campaign=c1", daemon)
            #expect(campaign.items.map(\.id) == ["07", "10"])
            let both = try await Self.statement("from=2026-01-11&to=2026-01-15&campaign=c2&influencer=ana", daemon)
            #expect(both.items.map(\.id) == ["z8"])
            #expect(both.accounts.map(\.account) == ["Expenses:Fees", "Liabilities:Due"])
        }
    }

    @Test func aStatementOfAllDaysClosesAtTheTrialBalance() async throws {
        try await withAuditSamples { daemon in
            let all = try await Self.statement("from=1970-01-01&to=9999-12-31", daemon)
            let balance = try await daemon.answer(
                TrialBalanceBody.self, "/v1/trial-balance?at=\(AuditSamples.at)")
            let closings = all.accounts.map { ($0.account, Int128($0.closing.replacing(".", with: ""))) }
            #expect(Dictionary(uniqueKeysWithValues: closings) == balance.body.trialBalance["EUR"])
            #expect(all.accounts.allSatisfy { $0.opening == "0.00" })
        }
    }

    @Test func pagesOfAStatementAreOfTheMomentOfTheFirst() async throws {
        try await withAuditSamples { daemon in
            let target = "/v1/statements?from=2026-01-01&to=2026-12-31"
            let whole = try await daemon.answer(StatementBody.self, target)
            for limit in [1, 2, 3, 100] {
                var items: [PostingBody] = []
                var cursor: String?
                repeat {
                    let next = cursor.map { "&cursor=\($0)" } ?? "&position=\(AuditSamples.count)"
                    let page = try await daemon.answer(StatementBody.self, "\(target)&limit=\(limit)\(next)")
                    #expect(page.body.accounts == whole.body.accounts)
                    #expect(page.body.postingCount == whole.body.items.count)
                    #expect(page.standing.position == UInt64(AuditSamples.count))
                    items += page.body.items
                    cursor = page.body.next
                } while cursor != nil
                #expect(items == whole.body.items, "limit \(limit)")
            }
            // Not asked for, the moment is that of the first page, whatever comes after it.
            let first = try await daemon.answer(StatementBody.self, "\(target)&limit=1")
            let late = AuditSamples.events[3].replacing(#""id":"04""#, with: #""id":"late""#)
                .replacing("f1", with: "late")
            #expect(try await daemon.post(late).status == 201)
            try await daemon.settled(AuditSamples.count + 1)
            let next = try #require(first.body.next)
            let second = try await daemon.answer(StatementBody.self, "\(target)&limit=100&cursor=\(next)")
            #expect(first.body.items + second.body.items == whole.body.items)
            #expect(second.body.accounts == whole.body.accounts)
            #expect(second.standing.position == UInt64(AuditSamples.count))
            #expect(second.standing.head == UInt64(AuditSamples.count + 1))
            #expect(second.standing.at == first.standing.at)
        }
    }

    // MARK: Campaigns

    @Test func efficiencyAndFunnelAreAnswered() async throws {
        try await withAuditSamples { daemon in
            let at = "at=\(AuditSamples.at)"
            let answer = try await daemon.answer(
                CampaignEfficiencyAnswerBody.self, "/v1/campaigns/c1/efficiency?\(at)")
            // The post is of no collaboration, so the cost is shared by nothing.
            #expect(answer.body.campaignId == "c1")
            #expect(
                answer.body.efficiency.cost["EUR"]
                    == CampaignCostBody(
                        cost: "1200.00", costPaid: "300.00", costPerEngagement: nil, costPerMille: nil))
            #expect(answer.body.efficiency.bandShareBp == 0)
            let funnel = try await daemon.answer(CampaignFunnelBody.self, "/v1/campaigns/c1/funnel?\(at)").body
            #expect(funnel.influencers == 2)
            #expect(funnel.stages.map(\.stageRank) == Array(0..<8))
            #expect(funnel.stages.first { $0.stage == "agreed" }?.count == 1)
            #expect(funnel.stages.reduce(0) { $0 + $1.count } == 2)
        }
    }

    // MARK: Problems

    private static let problems: [(target: String, status: Int, code: String, says: String)] = [
        ("/v1/exceptions?kind=bad", 422, "invalidParameter", "openBreach"),
        ("/v1/exceptions?kind=", 422, "invalidParameter", "openBreach"),
        ("/v1/exceptions?kind=,", 422, "invalidParameter", "openBreach"),
        ("/v1/exceptions?kind=repeated,", 422, "invalidParameter", "openBreach"),
        ("/v1/exceptions?kind=repeated&kind=", 422, "invalidParameter", "openBreach"),
        ("/v1/events?type=", 422, "invalidParameter", "catalogue"),
        ("/v1/exceptions?since=then", 422, "invalidParameter", "RFC 3339"),
        ("/v1/exceptions?influencer=nobody", 404, "influencerNotFound", "nobody"),
        ("/v1/exceptions?influencer=a%20b", 422, "invalidParameter", "identifier"),
        ("/v1/exceptions?campaign=nothing", 404, "campaignNotFound", "nothing"),
        ("/v1/exceptions?position=99", 422, "positionBeyondHead", "99"),
        ("/v1/exceptions?influencer=bob&position=5", 404, "influencerNotFound", "bob"),
        ("/v1/statements", 400, "missingParameter", "from"),
        ("/v1/statements?from=2026-01-01", 400, "missingParameter", "to is"),
        ("/v1/statements?from=2026-01-02&to=2026-01-01", 422, "invalidParameter", "after"),
        ("/v1/statements?from=2026-02-30&to=2026-03-01", 422, "invalidParameter", "from"),
        ("/v1/statements?from=2026-01-01T00:00:00Z&to=2026-03-01", 422, "invalidParameter", "a day"),
        ("/v1/statements?from=2026-01-01&to=2026-03-01&influencer=nobody", 404, "influencerNotFound", "nobody"),
        ("/v1/statements?from=2026-01-01&to=2026-03-01&campaign=x", 404, "campaignNotFound", "x"),
        ("/v1/campaigns/x/efficiency", 404, "campaignNotFound", "x"),
        ("/v1/campaigns/x/funnel", 404, "campaignNotFound", "x"),
        ("/v1/export/postings?influencer=nobody", 404, "influencerNotFound", "nobody"),
        ("/v1/export/posts?campaign=x", 404, "campaignNotFound", "x"),
        ("/v1/export/exceptions?position=99", 422, "positionBeyondHead", "99"),
        ("/v1/export/influencers?limit=1", 400, "unknownParameter", "limit"),
        ("/v1/export/everything", 404, "unknownRoute", "everything"),
    ]

    @Test func whatCannotBeAnsweredIsAProblem() async throws {
        try await withAuditSamples { daemon in
            for (target, status, code, says) in Self.problems {
                let answer = try await daemon.get(target)
                #expect(answer.status == status, "\(target): \(answer.text)")
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
                #expect(problem.code == code, "\(target)")
                #expect("\(problem.detail) \(problem.remedy)".contains(says), "\(target): \(problem)")
            }
        }
    }

    @Test func aCursorServesNoOtherChoice() async throws {
        try await withAuditSamples { daemon in
            let list = "/v1/exceptions?limit=1&kind=openBreach,repeated&at=\(AuditSamples.at)"
            let page = try await daemon.answer(Register.self, list)
            let cursor = try #require(page.body.next)
            // The same choice in other words is the same list.
            let same = try await daemon.answer(
                Register.self, "/v1/exceptions?limit=1&kind=repeated&kind=openBreach&cursor=\(cursor)")
            #expect(same.body.items.map(\.kind) == ["repeated"])
            for other in ["/v1/exceptions?cursor=\(cursor)", "/v1/exceptions?kind=repeated&cursor=\(cursor)"] {
                let refused = try await daemon.get(other)
                #expect(refused.status == 422 && refused.text.contains("invalidCursor"), "\(other)")
            }
            let places = [
                "x", "openBreach 1", "openBreach 1 0", "openBreach 1 99", "bad 1 1", "openBreach 1 1.", "1 2 3",
            ]
            for place in places {
                let forged = PageCursor(list: "/v1/exceptions?", after: place).text
                let refused = try await daemon.get("/v1/exceptions?cursor=\(forged)")
                #expect(refused.status == 422 && refused.text.contains("invalidCursor"), "\(place): \(refused.text)")
            }
            let span = "from=2026-01-01&to=2026-03-01"
            for place in ["x", "1 2", "1 2 0", "1 2 99", "1 2 3 4", "repeated 2 3"] {
                let forged = PageCursor(list: "/v1/statements?\(span)", after: place).text
                let refused = try await daemon.get("/v1/statements?\(span)&cursor=\(forged)")
                #expect(refused.status == 422 && refused.text.contains("invalidCursor"), "\(place): \(refused.text)")
            }
        }
    }
}
