extension Situation {
    /// The positions of the events that count for a reason, ascending, each once: those after a position, at most
    /// `limit`. A post stands with what made it count: its assessment, its counters.
    public func positions(of reason: TrustReason, after: FactPosition, limit: Int) -> [FactPosition] {
        var page = PositionPage(after: after, limit: limit)
        switch reason {
        case .component(let component): for part in TrustPart.parts(of: component) { add(part, to: &page) }
        case .part(let part): add(part, to: &page)
        case .evidence(let kind):
            eachCounted { counted, units, source in if counted == kind && units > 0 { add(source, to: &page) } }
        case .cap(.openBreach): for post in posts where isOpenBreach(post) { addAssessed(post, to: &page) }
        case .cap(.suspiciousFollowers): if suspiciousCap() != nil { addAudience(to: &page) }
        case .homeTopics: addHomeTopics(to: &page)
        }
        return page.finish()
    }

    private func add(_ part: TrustPart, to page: inout PositionPage) {
        switch part {
        case .prior, .bounds: break
        case .replied, .unreplied: addPieces(of: .responsiveness, part, to: &page)
        case .onTopic, .offTopic, .declinedOffNiche: addPieces(of: .nicheFit, part, to: &page)
        case .clear, .ambiguous, .missing: addPieces(of: .disclosure, part, to: &page)
        case .met, .missed: addPieces(of: .reliability, part, to: &page)
        case .recentPosts, .sponsoredShare, .brands: addRecent(part, to: &page)
        case .engagementRate, .commentsRatio, .anomalies: addMature(part, to: &page)
        case .suspiciousFollowers: if !matureLikes().isEmpty { addAudience(to: &page) }
        }
    }

    private func addPieces(of component: TrustComponent, _ part: TrustPart, to page: inout PositionPage) {
        eachPiece(of: component) { piece in
            guard piece.part == part, piece.good + piece.bad > 0 else { return }
            if component == .disclosure, case .post(let place) = piece.source {
                addAssessed(posts[place], to: &page)
            } else {
                add(piece.source, to: &page)
            }
        }
    }

    private func add(_ source: TrustEvidence.Source, to page: inout PositionPage) {
        switch source {
        case .conversation(let place): page.add(evidence.conversations[place].stamp.position)
        case .reply(let place): page.add(evidence.replies[place].stamp.position)
        case .post(let place): page.add(posts[place].publication.stamp.position)
        case .due(let place): addDue(collaborations[place], to: &page)
        }
    }

    /// What a due is counted from.
    func addDue(_ collaboration: Collaboration, to page: inout PositionPage) {
        page.add(collaboration.agreement.stamp.position)
        if let delivery = collaboration.firstDelivery { page.add(delivery.position) }
    }

    /// A post and the assessment that its verdict comes from.
    func addAssessed(_ post: JudgedPost, to page: inout PositionPage) {
        page.add(post.publication.stamp.position)
        if let review = evidence.review(of: post) { page.add(review.stamp.position) }
    }

    private func addRecent(_ part: TrustPart, to page: inout PositionPage) {
        for post in posts where isRecent(post) {
            if part == .recentPosts || post.publication.isSponsored { page.add(post.publication.stamp.position) }
        }
    }

    /// Posts with their counters; with the audience where the rate is concerned.
    private func addMature(_ part: TrustPart, to page: inout PositionPage) {
        let usual = UsualLikes(matureLikes(), view.trust)
        for post in posts where isMature(post) {
            guard let snapshot = post.snapshot else { continue }
            if part == .anomalies && usual?.isAnomaly(snapshot.counters.likes) != true { continue }
            page.add(post.publication.stamp.position)
            page.add(snapshot.stamp.position)
        }
        if part == .engagementRate { addAudience(to: &page) }
    }

    private func addAudience(to page: inout PositionPage) {
        if let audience = evidence.audiences[evidence.audience] { page.add(audience.stamp.position) }
    }

    private func addHomeTopics(to page: inout PositionPage) {
        switch homeTopicsSource {
        case .organicPosts: for post in posts where isHomePost(post) { page.add(post.publication.stamp.position) }
        case .registration:
            if let registration = evidence.registrations[evidence.registration] {
                page.add(registration.stamp.position)
            }
        case .none: break
        }
    }
}
