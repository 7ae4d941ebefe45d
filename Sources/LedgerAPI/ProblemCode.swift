/// The permanent codes of what HTTP can refuse. Faults of events have codes of their own (Events, section 1).
package enum ProblemCode: String, Codable, Sendable, CaseIterable {
    case badRequest, malformedHTTP, headersTooLarge, requestTimeout, bodyTooLarge, unexpectedBody
    case unsupportedMediaType, unsupportedEncoding, notAcceptable, expectationFailed
    case unknownRoute, methodNotAllowed
    case unknownParameter, repeatedParameter, missingParameter, invalidParameter, invalidCursor
    case influencerNotFound, campaignNotFound, policyNotFound, eventNotFound
    case replayNotFound, replaysBusy, replayNotEnded, previousInUse
    case positionBeyondHead, minPositionTimeout, listsBehind
    case busy, tooManyConnections, readOnly, stopping, notReady
    case outcomeUnknown, corruptRecord, storageFailure, internalFailure
}

/// What the catalogue says of a code.
package struct ProblemEntry: Sendable, Equatable {
    package let status: Int
    package let title: String
    package let cause: String
    /// What to do.
    package let remedy: String
    /// Whether the same request can succeed later without a change.
    package let retry: Bool

    init(_ status: Int, _ title: String, cause: String, remedy: String, retry: Bool = false) {
        self.status = status
        self.title = title
        self.cause = cause
        self.remedy = remedy
        self.retry = retry
    }
}
