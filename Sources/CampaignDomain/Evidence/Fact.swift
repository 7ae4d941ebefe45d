/// One event as the projections see it: when, where in the log, and what it says.
///
/// Source: Events, section 3.
public struct Fact: Sendable {
    public let time: Instant
    public let position: FactPosition
    public let content: Content

    public init(time: Instant, position: FactPosition, content: Content) {
        self.time = time
        self.position = position
        self.content = content
    }

    public enum Content: Sendable, Equatable {
        case influencerRegistered(InfluencerRegistered)
        case audienceMeasured(AudienceMeasured)
        case outreachSent(OutreachSent)
        case outreachAnswered(OutreachAnswered)
        case collaborationAgreed(CollaborationAgreed)
        case collaborationEnded(CollaborationEnded)
        case productSent(ProductSent)
        case productDelivered(ProductMoved)
        case productReturned(ProductMoved)
        case productLost(ProductMoved)
        case postPublished(PostPublished)
        case postRemoved(PostRemoved)
        case disclosureAssessed(DisclosureAssessed)
        case engagementRecorded(EngagementRecorded)
        case conversationRecorded(ConversationRecorded)
        case saleAttributed(SaleAttributed)
        case saleReversed(SaleReversed)
        case commissionApproved(CommissionApproved)
        case feeAccrued(FeeAccrued)
        case feeCancelled(FeeCancelled)
        case payoutInitiated(PayoutInitiated)
        case payoutSettled(PayoutResolved)
        case payoutFailed(PayoutResolved)
        case taxWithheld(TaxWithheld)
        case campaignOpened(CampaignOpened)
        case campaignClosed(CampaignClosed)
        case adflightRecorded(AdflightRecorded)
        case policyPublished(PolicyPublished)
        case eventRetracted(EventRetracted)
    }
}

extension FactReader {
    /// Reads the next fact and moves behind it.
    public mutating func readFact() -> Fact {
        let length = Int(readFixed(bytes: 2))
        let end = index + length
        let type = EventType(rawValue: UInt16(readByte()))
        let time = readInstant()
        let position = FactPosition(readFixed(bytes: 5))
        let content = readContent(of: type)
        precondition(
            index == end, "a fact of type \(type.rawValue) at position \(position.rawValue) has a wrong length")
        return Fact(time: time, position: position, content: content)
    }

    private mutating func readContent(of type: EventType) -> Fact.Content {
        switch type {
        case .influencerRegistered: return .influencerRegistered(InfluencerRegistered(from: &self))
        case .audienceMeasured: return .audienceMeasured(AudienceMeasured(from: &self))
        case .outreachSent: return .outreachSent(OutreachSent(from: &self))
        case .outreachAnswered: return .outreachAnswered(OutreachAnswered(from: &self))
        case .collaborationAgreed: return .collaborationAgreed(CollaborationAgreed(from: &self))
        case .collaborationEnded: return .collaborationEnded(CollaborationEnded(from: &self))
        case .productSent: return .productSent(ProductSent(from: &self))
        case .productDelivered: return .productDelivered(ProductMoved(from: &self))
        case .productReturned: return .productReturned(ProductMoved(from: &self))
        case .productLost: return .productLost(ProductMoved(from: &self))
        case .postPublished: return .postPublished(PostPublished(from: &self))
        case .postRemoved: return .postRemoved(PostRemoved(from: &self))
        case .disclosureAssessed: return .disclosureAssessed(DisclosureAssessed(from: &self))
        case .engagementRecorded: return .engagementRecorded(EngagementRecorded(from: &self))
        case .conversationRecorded: return .conversationRecorded(ConversationRecorded(from: &self))
        default: return readMoneyOrLedgerContent(of: type)
        }
    }

    private mutating func readMoneyOrLedgerContent(of type: EventType) -> Fact.Content {
        switch type {
        case .saleAttributed: return .saleAttributed(SaleAttributed(from: &self))
        case .saleReversed: return .saleReversed(SaleReversed(from: &self))
        case .commissionApproved: return .commissionApproved(CommissionApproved(from: &self))
        case .feeAccrued: return .feeAccrued(FeeAccrued(from: &self))
        case .feeCancelled: return .feeCancelled(FeeCancelled(from: &self))
        case .payoutInitiated: return .payoutInitiated(PayoutInitiated(from: &self))
        case .payoutSettled: return .payoutSettled(PayoutResolved(settledFrom: &self))
        case .payoutFailed: return .payoutFailed(PayoutResolved(failedFrom: &self))
        case .taxWithheld: return .taxWithheld(TaxWithheld(from: &self))
        case .campaignOpened: return .campaignOpened(CampaignOpened(from: &self))
        case .campaignClosed: return .campaignClosed(CampaignClosed(from: &self))
        case .adflightRecorded: return .adflightRecorded(AdflightRecorded(from: &self))
        case .policyPublished: return .policyPublished(PolicyPublished(from: &self))
        case .eventRetracted: return .eventRetracted(EventRetracted(from: &self))
        default: preconditionFailure("no fact has the type \(type.rawValue)")
        }
    }
}
