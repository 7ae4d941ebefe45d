// Each event finds its array and the things it is about. The readers take the fields in catalogue order.

extension Evidence {
    /// Reads a fact's payload and takes it in.
    mutating func add(_ type: EventType, _ stamp: Stamp, from reader: inout FactReader) {
        switch type {
        case .influencerRegistered: addRegistration(stamp, &reader)
        case .audienceMeasured: addAudience(stamp, &reader)
        case .outreachSent: addInvitation(stamp, &reader)
        case .outreachAnswered: addReply(stamp, &reader)
        case .collaborationAgreed: addAgreement(stamp, &reader)
        case .collaborationEnded: addEnding(stamp, &reader)
        case .conversationRecorded: addConversation(stamp, &reader)
        case .postPublished: addPublication(stamp, &reader)
        case .postRemoved: addRemoval(stamp, &reader)
        case .disclosureAssessed: addReview(stamp, &reader)
        case .engagementRecorded: addSnapshot(stamp, &reader)
        default: addMoney(type, stamp, from: &reader)
        }
    }

    private mutating func addRegistration(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let platform = reader.readName(in: &platformNames)
        let country = reader.isPresent() ? reader.readCountry() : nil
        let niches = reader.readNames(in: &topicNames, to: &topicLists)
        registrations.append(Registration(stamp: stamp, platform: platform, country: country, niches: niches))
        registration.keepEarliest(registrations, order)
    }

    private mutating func addAudience(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let followers = reader.readInteger()
        _ = (reader.readOptionalInteger(), reader.readOptionalInteger())  // following, posts
        audiences.append(Audience(stamp: stamp, followers: followers, suspiciousBp: reader.readOptionalInteger()))
        audience.keepNewest(audiences, order)
    }

    private mutating func addInvitation(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        invitations.append(Invitation(stamp: stamp, campaign: readCampaign(&reader)))
        if reader.isPresent() { reader.skipText() }  // channel
    }

    private mutating func addReply(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let campaign = readCampaign(&reader)
        let answer = reader.readWord(OutreachAnswer.self)
        let reason = reader.isPresent() ? reader.readWord(DeclineReason.self) : nil
        replies.append(Reply(stamp: stamp, campaign: campaign, answer: answer, reason: reason))
    }

    private mutating func addAgreement(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let campaign = readCampaign(&reader)
        let kind = reader.readWord(CollaborationKind.self)
        let deliverables = Int(reader.readInteger())
        let deadlineDays = Int(reader.readInteger())
        if reader.isPresent() { _ = reader.readMoney() }  // fee
        let commissionBp = reader.readOptionalInteger()
        if reader.isPresent() { _ = reader.readWord(Jurisdiction.self) }
        let termDays = reader.readOptionalInteger().map { Int($0) }
        agreements.append(
            Agreement(
                stamp: stamp, campaign: campaign, kind: kind, deliverables: deliverables, deadlineDays: deadlineDays,
                commissionBp: commissionBp, termDays: termDays))
        collaborations[campaign].agreement.keepEarliest(agreements, order)
    }

    private mutating func addEnding(_ stamp: Stamp, _ reader: inout FactReader) {
        let campaign = readCampaign(&reader)
        endings.append(Ending(stamp: stamp, campaign: campaign, reason: reader.readWord()))
        collaborations[campaign].ending.keepEarliest(endings, order)
    }

    private mutating func addConversation(_ stamp: Stamp, _ reader: inout FactReader) {
        _ = reader.readInstant()  // from
        let (comments, commentsReplied) = (reader.readInteger(), reader.readInteger())
        let (messages, messagesReplied) = (reader.readInteger(), reader.readInteger())
        conversations.append(
            Conversation(stamp: stamp, received: comments + messages, replied: commentsReplied + messagesReplied))
    }

    private mutating func addPublication(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let post = readPost(&reader)
        let platform = reader.readName(in: &platformNames)
        let topics = reader.readNames(in: &topicNames, to: &topicLists)
        let brands = reader.isPresent() ? reader.readNames(in: &brandNames, to: &brandLists) : 0..<0
        let campaign = reader.isPresent() ? readCampaign(&reader) : nil
        let connection = reader.readWord(Connection.self)
        let disclosure = reader.isPresent() ? reader.readWord(Disclosure.self) : nil
        publications.append(
            Publication(
                stamp: stamp, post: post, platform: platform, topics: topics, brands: brands, campaign: campaign,
                connection: connection, disclosure: disclosure))
        posts[post].publication.keepEarliest(publications, order)
    }

    private mutating func addRemoval(_ stamp: Stamp, _ reader: inout FactReader) {
        let post = readPost(&reader)
        _ = reader.readWord(Remover.self)
        removals.append(Removal(stamp: stamp, post: post))
        posts[post].removal.keepEarliest(removals, order)
    }

    private mutating func addReview(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let post = readPost(&reader)
        let verdict = reader.readWord(Verdict.self)
        if reader.isPresent() { reader.skipText() }  // rule
        reviews.append(Review(stamp: stamp, post: post, verdict: verdict))
        posts[post].review.keepNewest(reviews, order)
        if verdict != .notRequired { posts[post].reviewOfDuty.keepNewest(reviews, order) }
    }

    private mutating func addSnapshot(_ stamp: Stamp, _ reader: inout FactReader) {
        reader.readPresence()
        let post = readPost(&reader)
        let counters = EngagementCounters(
            likes: reader.readInteger(), comments: reader.readInteger(), shares: reader.readOptionalInteger(),
            saves: reader.readOptionalInteger(), views: reader.readOptionalInteger(),
            reach: reader.readOptionalInteger(), impressions: reader.readOptionalInteger())
        snapshots.append(Snapshot(stamp: stamp, post: post, counters: counters))
        posts[post].snapshot.keepNewest(snapshots, order)
    }

    mutating func readCampaign(_ reader: inout FactReader) -> Int {
        let campaign = reader.readName(in: &campaignNames)
        if campaign == collaborations.count { collaborations.append(CollaborationState()) }
        return campaign
    }

    private mutating func readPost(_ reader: inout FactReader) -> Int {
        let post = reader.readName(in: &postNames)
        if post == posts.count { posts.append(PostState()) }
        return post
    }
}
