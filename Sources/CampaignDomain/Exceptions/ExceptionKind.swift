/// What can be at fault in what was recorded (Projections, section 6). The names are those of answers; the cases are
/// sorted as the names are.
public enum ExceptionKind: String, CaseIterable, Comparable, Sendable {
    case currencyMismatch, deliveredBeforeSent, engagementBeforePost, engagementDecreased, notRequiredButConnected
    case openBreach, overBudget, overDelivered, overReturned, overReversed, paidWithoutPost, payoutExceedsDue
    case payoutResolvedTwice, postOutsideCampaign, repeated, unknownCampaign, unknownCollaboration, unknownCommission
    case unknownFee, unknownInfluencer, unknownOrder, unknownPayout, unknownPost, unknownShipment

    public static func < (left: ExceptionKind, right: ExceptionKind) -> Bool { left.rawValue < right.rawValue }
}
