extension Situation {
    /// The positions of the events that count for a reason, ascending, each once: those after a position, at most
    /// `limit`.
    public func positions(of reason: AdvocacyReason, after: FactPosition, limit: Int) -> [FactPosition] {
        var page = PositionPage(after: after, limit: limit)
        switch reason {
        case .count(let count, let brandID): add(count, brandID: brandID, to: &page)
        case .flag(.ambassador): add(.ambassadorTerms, to: &page)
        case .flag(.atRisk):
            add(.openBreaches, to: &page)
            add(.missedInARow, to: &page)
        case .flag(.dormant):
            add(.activePosts, to: &page)
            add(.recentBrandPosts, to: &page)
        case .metric(.acceptRate): for reply in evidence.replies { page.add(reply.stamp.position) }
        case .metric(.earnedShare): eachEarnedOrSponsored { page.add($0.publication.stamp.position) }
        case .metric(.seedingPostRate):
            eachSeeded { collaboration, post in
                addDue(collaboration, to: &page)
                if let post { page.add(post.publication.stamp.position) }
            }
        }
        return page.finish()
    }

    /// The first positions behind what conditions count of each brand's mentions, as `positions(of:after:limit:)` gives
    /// them for one brand, but of all brands in one pass: an influencer may mention thousands.
    ///
    /// - Parameter count: of mentions.
    public func mentionPositions(_ count: AdvocacyCount, limit: Int) -> [String: [FactPosition]] {
        let isLasting = count == .lastingMentions || count == .lastingMonths
        let days = isLasting ? view.advocacy.trueFanDays : view.advocacy.advocateDays
        var pages = [PositionPage](
            repeating: PositionPage(after: FactPosition(0), limit: limit), count: evidence.brandNames.count)
        eachMention { post, brand in
            if post.age <= days { pages[brand].add(post.publication.stamp.position) }
        }
        var positions: [String: [FactPosition]] = [:]
        for (brand, page) in pages.enumerated() {
            let found = page.finish()
            if !found.isEmpty { positions[evidence.brandNames.name(brand)] = found }
        }
        return positions
    }

    private func add(_ count: AdvocacyCount, brandID: String? = nil, to page: inout PositionPage) {
        switch count {
        case .invitations: for invitation in evidence.invitations { page.add(invitation.stamp.position) }
        case .collaborations: for each in collaborations { page.add(each.agreement.stamp.position) }
        case .shipmentsHeld: addHeldShipments(to: &page)
        case .activeCollaborations, .activePosts, .activeMonths: addActivePosts(to: &page)
        case .mentions, .mentionSpanDays: addMentions(of: brandID, days: view.advocacy.advocateDays, to: &page)
        case .lastingMentions, .lastingMonths: addMentions(of: brandID, days: view.advocacy.trueFanDays, to: &page)
        case .openBreaches: for post in posts where isOpenBreach(post) { addAssessed(post, to: &page) }
        case .missedInARow: for collaboration in missedLately() { addDue(collaboration, to: &page) }
        case .recentBrandPosts:
            for post in posts where isRecentBrandPost(post) { page.add(post.publication.stamp.position) }
        case .ambassadorTerms:
            for each in collaborations where isAmbassador(each) { page.add(each.agreement.stamp.position) }
        }
    }

    /// What was sent, delivered and returned of the shipments of which something is held.
    private func addHeldShipments(to page: inout PositionPage) {
        var held = [Int64](repeating: 0, count: evidence.shipments.count)
        for movement in evidence.movements { held[movement.shipment] += movement.held }
        for movement in evidence.movements
        where held[movement.shipment] > 0 && movement.counted > 0 && movement.kind != .lost {
            page.add(movement.stamp.position)
            if let sending = evidence.sendings[evidence.shipments[movement.shipment]] {
                page.add(sending.stamp.position)
            }
        }
    }

    private func addActivePosts(to page: inout PositionPage) {
        for collaboration in collaborations {
            for place in campaignPosts[collaboration.campaign] where posts[Int(place)].isLive {
                page.add(posts[Int(place)].publication.stamp.position)
            }
        }
    }

    private func addMentions(of brandID: String?, days: Int, to page: inout PositionPage) {
        let wanted = brandID.map { evidence.brandNames.find($0) }
        eachMention { post, brand in
            if post.age <= days, wanted.map({ $0 == brand }) ?? true { page.add(post.publication.stamp.position) }
        }
    }
}
