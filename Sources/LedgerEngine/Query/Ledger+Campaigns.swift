package import CampaignDomain
import EventLog

extension Ledger {
    /// Every campaign that an event names, in the order of their identifiers.
    package func campaigns(
        _ query: Query, after: String?, limit: Int
    ) async throws(QueryFault) -> Answer<Page<CampaignItem>> {
        let reading = try await reading(query)
        var items: [CampaignItem] = []
        var last = after
        while true {
            let ids = try reading.campaignIdentifiers(after: last, limit: limit + 1)
            for (number, id) in ids.enumerated() {
                if number % Reading.itemsPerTurn == 0 { try await reading.giveWay() }
                guard let item = try reading.campaign(id) else {
                    last = id
                    continue
                }
                if items.count == limit { return answer(Page(items: items, next: last), of: reading) }
                items.append(item)
                last = id
            }
            if ids.count <= limit { return answer(Page(items: items, next: nil), of: reading) }
        }
    }

    /// One campaign; nil if no event names it.
    package func campaign(_ id: String, _ query: Query) async throws(QueryFault) -> Answer<CampaignItem>? {
        let reading = try await reading(query)
        return try reading.campaign(id).map { answer($0, of: reading) }
    }

    /// The influencers of whom an event names the campaign, in the order of their identifiers; nil if no event does.
    package func influencers(
        ofCampaign id: String, _ query: Query, after: String?, limit: Int
    ) async throws(QueryFault) -> Answer<Page<CampaignInfluencer>>? {
        let reading = try await reading(query)
        guard try reading.campaign(id) != nil else { return nil }
        let page: Page<CampaignInfluencer> = try await reading.page(
            ViewKeys.members(of: id), after: after, limit: limit
        ) { (influencer) throws(QueryFault) in
            try reading.member(influencer, of: id)
        }
        return answer(page, of: reading)
    }

    /// What a campaign owes and paid: the sums over its influencers, with media; nil if no event names it.
    package func compensation(
        ofCampaign id: String, _ query: Query
    ) async throws(QueryFault) -> Answer<CampaignCompensation>? {
        let reading = try await reading(query)
        guard try reading.campaign(id) != nil else { return nil }
        var sums = CampaignCompensation(media: try reading.evidence(ofCampaign: id))
        try await reading.forEachIdentifier(ViewKeys.members(of: id)) { (influencer) throws(QueryFault) in
            guard let situation = try reading.situation(of: influencer) else { return }
            sums.add(situation.compensation(), campaignID: id)
        }
        return answer(sums, of: reading)
    }

    /// Balances of all accounts, per currency.
    package func trialBalance(_ query: Query) async throws(QueryFault) -> Answer<TrialBalance> {
        let reading = try await reading(query)
        var balance = TrialBalance()
        try await reading.forEachIdentifier([ViewKeys.influencer]) { (id) throws(QueryFault) in
            if let situation = try reading.situation(of: id) { balance.add(situation) }
        }
        try await reading.forEachIdentifier([ViewKeys.campaign]) { (id) throws(QueryFault) in
            balance.add(try reading.evidence(ofCampaign: id))
        }
        return answer(balance, of: reading)
    }
}

extension ViewKeys {
    /// The prefix of the links of a campaign.
    static func members(of campaign: String) -> [UInt8] {
        key(link, campaign) + [separator]
    }
}

extension Reading {
    /// Identifiers asked for at once when all are visited.
    static let identifiersPerStep = 1024
    /// Items worked out before others have their turn: some milliseconds of work.
    static let itemsPerTurn = 64

    /// Lets other questions have their turn, and ends one that nobody waits for any more.
    func giveWay() async throws(QueryFault) {
        if Task.isCancelled { throw .closed }
        await Task.yield()
    }

    /// Visits all identifiers behind a prefix, in order.
    func forEachIdentifier(
        _ prefix: [UInt8], _ body: (String) throws(QueryFault) -> Void
    ) async throws(QueryFault) {
        var last: String?
        while true {
            let ids = try identifiers(prefix, after: last, limit: Self.identifiersPerStep)
            for (number, id) in ids.enumerated() {
                if number % Self.itemsPerTurn == 0 { try await giveWay() }
                try body(id)
            }
            if ids.count < Self.identifiersPerStep { return }
            last = ids.last
        }
    }

    /// Campaigns with a stream of their own and campaigns that only influencers' events name, in order.
    func campaignIdentifiers(after: String?, limit: Int) throws(QueryFault) -> [String] {
        let own = try identifiers([ViewKeys.campaign], after: after, limit: limit)
        let named = try identifiers([ViewKeys.link], after: after, limit: limit)
        return Array(Set(own).union(named).sorted().prefix(limit))
    }

    /// A campaign; nil if no event that counts names it.
    func campaign(_ id: String) throws(QueryFault) -> CampaignItem? {
        guard Identifier.isWellFormed(id) else { return nil }
        let evidence = try evidence(ofCampaign: id)
        var isNamed = !evidence.isEmpty
        var last: String?
        while !isNamed {
            let members = try identifiers(ViewKeys.members(of: id), after: last, limit: 16)
            guard let newest = members.last else { return nil }
            for member in members where !isNamed {
                isNamed = try self.evidence(ofInfluencer: member).names(campaign: id)
            }
            last = newest
        }
        return CampaignItem(
            id: id, campaign: view.campaign(id), closed: evidence.closed?.time)
    }

    /// An influencer as a campaign's list shows them; nil if no event of theirs that counts names it.
    func member(_ influencer: String, of campaign: String) throws(QueryFault) -> CampaignInfluencer? {
        let evidence = try evidence(ofInfluencer: influencer)
        guard evidence.names(campaign: campaign) else { return nil }
        let situation = Situation(evidence, view)
        let collaboration = evidence.collaboration(inCampaign: campaign)
        return CampaignInfluencer(
            id: influencer, tier: situation.tier, score: situation.trust().raw, stage: situation.advocacy().stage,
            collaboration: collaboration,
            compensation: situation.compensation().byCampaign.first { $0.campaignID == campaign }?.currencies ?? [])
    }
}
