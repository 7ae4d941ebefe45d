import LedgerAPI
import LedgerEngine

/// The trial balance and the policies.
enum LedgerRoutes {
    static let all = [
        Route(
            "/v1/trial-balance", "getTrialBalance", "Per currency and account, minor units, summing to zero.",
            .json(schema: "TrialBalance"), parameters: ParameterSpec.question, problems: RouteProblems.question
        ) { call in
            let answer = try await call.ledger.trialBalance(call.query())
            return try .json(Answered(standing: Standing(answer), body: TrialBalanceBody(answer.value)))
        },
        Route(
            "/v1/policies", "listPolicies", "Each kind of policy: all versions, and the one in force.",
            .json(schema: "PolicyList"), parameters: ParameterSpec.question, problems: RouteProblems.question
        ) { call in
            let answer = try await call.ledger.policies(call.query())
            let items = answer.value.map { PolicyBody($0) }.sorted { $0.kind < $1.kind }
            return try .json(Answered(standing: Standing(answer), body: ItemList(items: items, next: nil)))
        },
        Route(
            "/v1/policies/{kind}", "getPolicy", "One kind of policy: all versions, and the one in force.",
            .json(schema: "Policy"), parameters: ParameterSpec.question,
            problems: RouteProblems.question + [.policyNotFound]
        ) { call in
            let answer = try await call.ledger.policies(call.query())
            guard let history = answer.value.first(where: { "\($0.kind)" == call.place }) else {
                throw call.missing(.policyNotFound)
            }
            return try .json(Answered(standing: Standing(answer), body: PolicyBody(history)))
        },
    ]
}
