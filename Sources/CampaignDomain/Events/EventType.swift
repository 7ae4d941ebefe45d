/// A type of event: the permanent number that records and facts carry. Names are in the schemas.
///
/// Numbers are part of the stored formats: they never change and are never given to another type.
public struct EventType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt16

    @inlinable
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    public static let influencerRegistered = EventType(rawValue: 1)
    public static let audienceMeasured = EventType(rawValue: 2)
    public static let outreachSent = EventType(rawValue: 3)
    public static let outreachAnswered = EventType(rawValue: 4)
    public static let collaborationAgreed = EventType(rawValue: 5)
    public static let collaborationEnded = EventType(rawValue: 6)
    public static let productSent = EventType(rawValue: 7)
    public static let productDelivered = EventType(rawValue: 8)
    public static let productReturned = EventType(rawValue: 9)
    public static let productLost = EventType(rawValue: 10)
    public static let postPublished = EventType(rawValue: 11)
    public static let postRemoved = EventType(rawValue: 12)
    public static let disclosureAssessed = EventType(rawValue: 13)
    public static let engagementRecorded = EventType(rawValue: 14)
    public static let conversationRecorded = EventType(rawValue: 15)
    public static let saleAttributed = EventType(rawValue: 16)
    public static let saleReversed = EventType(rawValue: 17)
    public static let commissionApproved = EventType(rawValue: 18)
    public static let feeAccrued = EventType(rawValue: 19)
    public static let feeCancelled = EventType(rawValue: 20)
    public static let payoutInitiated = EventType(rawValue: 21)
    public static let payoutSettled = EventType(rawValue: 22)
    public static let payoutFailed = EventType(rawValue: 23)
    public static let taxWithheld = EventType(rawValue: 24)
    public static let campaignOpened = EventType(rawValue: 25)
    public static let campaignClosed = EventType(rawValue: 26)
    public static let adflightRecorded = EventType(rawValue: 27)
    public static let policyPublished = EventType(rawValue: 28)
    public static let eventRetracted = EventType(rawValue: 29)
}

/// What a stream is about: the first part of a `subject` (Events, section 2). Numbers are part of the stored formats.
public enum SubjectKind: UInt8, Sendable, CaseIterable {
    case influencer = 1
    case campaign = 2
    case policy = 3

    /// The word before the slash of a `subject`.
    public var name: String {
        switch self {
        case .influencer: return "influencer"
        case .campaign: return "campaign"
        case .policy: return "policy"
        }
    }

    /// The field of `data` that names the stream.
    public var fieldName: String {
        switch self {
        case .influencer: return "influencerId"
        case .campaign: return "campaignId"
        case .policy: return "kind"
        }
    }
}
