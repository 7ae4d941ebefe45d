import LedgerAPI

extension ExplanationCheck {
    /// From each sum to its parts, from these to the postings, from these to their events.
    mutating func checkCompensation(_ id: String) throws {
        let path = "/v1/influencers/\(id)/compensation"
        let why = try client.json("\(path)?\(query)&explain=true")
        try require(
            why.without(["explanation", "head"]) == client.json("\(path)?\(query)").without(["head"]),
            "\(id): compensation is another with its explanation")
        let reasons = why["explanation"]
        try checkSums(id, why["compensation"], reasons?["compensation"], campaign: "")
        let campaigns = why["byCampaign"]?.members ?? [:]
        try require(
            Set(campaigns.keys) == Set((reasons?["byCampaign"]?.members ?? [:]).keys), "\(id): campaigns unexplained")
        for (campaign, sums) in campaigns {
            try checkSums(id, sums, reasons?["byCampaign"]?[campaign], campaign: "&campaign=\(campaign)")
        }
        try checkReportable(id, why)
        let all = try postings(id, "")
        if let posting = all.first {
            let event = try client.json("/v1/events/\(posting["position"]?.integer ?? 0)")
            for key in ["source", "id", "type", "time"] {
                try require(event[key] == posting[key], "\(id): a posting's \(key) is not its event's")
            }
        }
    }

    private mutating func checkSums(
        _ id: String, _ answer: JSONValue?, _ reasons: JSONValue?, campaign: String
    ) throws {
        let currencies = answer?.members ?? [:]
        try require(Set(currencies.keys) == Set((reasons?.members ?? [:]).keys), "\(id): currencies unexplained")
        for (currency, sums) in currencies {
            let explained = reasons?[currency]?.members ?? [:]
            try require(Set(sums.members.keys) == Set(explained.keys), "\(id): sums unexplained")
            for (sum, reason) in explained {
                let what = "\(id): \(currency) \(sum)\(campaign)"
                try require(reason["value"] == sums[sum], "\(what) is another in its explanation")
                let value = try minor(reason["value"])
                let parts = reason["parts"]?.items ?? []
                try same(try parts.reduce(0) { $0 + (try minor($1["amount"])) }, value, "\(what) in parts")
                let postings = try postings(id, "&sum=\(sum)&currency=\(currency)\(campaign)")
                // A receivable is a due below zero.
                let isReceivable = sum == "receivable"
                var total = postings.reduce(0) { $0 + amount(of: $1, in: isReceivable ? "due" : sum) }
                if isReceivable { total = max(0, -total) }
                try same(total, value, "\(what) in postings")
                guard !isReceivable || value > 0 else { continue }
                for part in parts {
                    let own = postings.filter { $0["debit"] == part["debit"] && $0["credit"] == part["credit"] }
                    try same(Int64(own.count), part["count"]?.integer, "\(what): postings of a part")
                }
                try same(
                    Int64(postings.count), parts.reduce(0) { $0 + ($1["count"]?.integer ?? 0) }, "\(what): postings")
            }
        }
    }

    private mutating func checkReportable(_ id: String, _ why: JSONValue) throws {
        for (year, answer) in why["reportable"]?.members ?? [:] {
            let parts = why["explanation"]?["reportable"]?[year]?.items ?? []
            for (currency, sums) in answer["currencies"]?.members ?? [:] {
                let what = "\(id): \(currency) of \(year)"
                let own = parts.filter { $0["currency"]?.string == currency }
                let cash = own.filter { $0["kind"]?.string == "cash" }
                try same(try cash.reduce(0) { $0 + (try minor($1["amount"])) }, try minor(sums["cash"]), what)
                try same(try own.reduce(0) { $0 + (try minor($1["amount"])) }, try minor(sums["total"]), what)
                let postings = try postings(id, "&year=\(year)&currency=\(currency)")
                let total = postings.reduce(Int64(0)) { total, posting in
                    let isReturn = posting["debit"]?.string == "Assets:Inventory"
                    return total + (isReturn ? -1 : 1) * (posting["minor"]?.integer ?? Self.missing)
                }
                try same(total, try minor(sums["total"]), "\(what) in postings")
                try same(
                    Int64(postings.count), own.reduce(0) { $0 + ($1["count"]?.integer ?? 0) }, "\(what): postings")
            }
        }
    }

    private mutating func postings(_ id: String, _ selection: String) throws -> [JSONValue] {
        let items = try pages("/v1/influencers/\(id)/compensation/postings?" + selection.dropFirst())
        let positions = items.compactMap { $0["position"]?.integer }
        try require(
            zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }, "\(id): postings\(selection) do not ascend")
        for posting in items {
            let amount = try minor(posting["amount"])
            try same(amount, posting["minor"]?.integer, "\(id): a posting's amount")
        }
        count(items)
        return items
    }

    /// The accounts of each sum (Projections, section 5); what raises an expense is a debit, the others a credit.
    private static let accounts: [String: Set<String>] = [
        "giftsAtCost": ["Expenses:Gifts"], "giftsAtValue": ["Expenses:Gifts"],
        "feesAccrued": ["Expenses:Fees", "Expenses:UsageRights", "Expenses:Bonuses", "Expenses:Reimbursements"],
        "commissionsPending": ["Liabilities:Pending"], "due": ["Liabilities:Due"], "inFlight": ["Liabilities:InFlight"],
        "paid": ["Assets:Cash"], "withheld": ["Liabilities:TaxWithheld"],
    ]

    /// What a posting adds to a sum, in minor units.
    private func amount(of posting: JSONValue, in sum: String) -> Int64 {
        let accounts = Self.accounts[sum] ?? []
        let minor = posting["minor"]?.integer ?? Self.missing
        let (debit, credit) = (posting["debit"]?.string ?? "", posting["credit"]?.string ?? "")
        let sign: Int64 = accounts.first?.hasPrefix("Expenses") ?? false ? 1 : -1
        return (accounts.contains(debit) ? sign * minor : 0) - (accounts.contains(credit) ? sign * minor : 0)
    }

    /// A decimal with all its minor digits as minor units.
    private func minor(_ value: JSONValue?) throws -> Int64 {
        guard let text = value?.string, let number = Int64(text.replacing(".", with: "")) else {
            throw SystemFailure("\(String(describing: value)) is no amount")
        }
        return number
    }
}
