/// The catalogue of refusals of events. Raw values are permanent: they are the `code` of answers, and clients compare
/// them.
package enum FaultCode: String, Sendable, CaseIterable {
    // The request.
    case emptyRequest, tooManyEvents, requestTooLarge, notAnArray
    // JSON.
    case invalidJSON, invalidUTF8, loneSurrogate, duplicateKey, tooDeep, notAnInteger, integerTooLarge
    // The envelope.
    case notAnObject, eventTooLarge, recordTooLarge, unknownAttribute, missingAttribute, invalidAttribute, unknownType
    case unknownSchemaVersion, subjectMismatch
    // What is looked at only after the identity.
    case timeTooFarAhead, unknownField, missingField, invalidField, brokenRule, extTooLarge
    // What the writer decides.
    case identityConflict, revisionMismatch, retractionTargetUnknown, retractionTargetOtherStream
    case retractionTargetNotRetractable, policyVersionGap
}

extension FaultCode {
    /// What the code says, in one sentence.
    package var meaning: String { texts.meaning }

    /// What the sender can do, in one sentence.
    package var remedy: String { texts.remedy }

    private var texts: (meaning: String, remedy: String) {
        switch self {
        case .emptyRequest, .tooManyEvents, .requestTooLarge, .notAnArray: requestTexts
        case .invalidJSON, .invalidUTF8, .loneSurrogate, .duplicateKey, .tooDeep, .notAnInteger, .integerTooLarge:
            jsonTexts
        case .notAnObject, .eventTooLarge, .recordTooLarge, .unknownAttribute, .missingAttribute, .invalidAttribute,
            .unknownType, .unknownSchemaVersion, .subjectMismatch:
            envelopeTexts
        case .timeTooFarAhead, .unknownField, .missingField, .invalidField, .brokenRule, .extTooLarge: fieldTexts
        case .identityConflict, .revisionMismatch, .retractionTargetUnknown, .retractionTargetOtherStream,
            .retractionTargetNotRetractable, .policyVersionGap:
            writerTexts
        }
    }

    private var requestTexts: (meaning: String, remedy: String) {
        switch self {
        case .emptyRequest: ("The request holds no event.", "Send at least one event.")
        case .tooManyEvents:
            ("The request holds more than 10,000 events.", "Split it into several requests.")
        case .requestTooLarge: ("The request is larger than 16 MiB.", "Split it into several requests.")
        default:
            (
                "The body of a batch is not a JSON array.",
                "Send an array of events, or choose the content type that fits the body."
            )
        }
    }

    private var jsonTexts: (meaning: String, remedy: String) {
        switch self {
        case .invalidUTF8: ("The event is not UTF-8.", "Encode the event as UTF-8.")
        case .loneSurrogate:
            (
                "An escape names half of a surrogate pair.",
                "Send the character itself or both halves of its pair."
            )
        case .duplicateKey: ("An object has two members of the same name.", "Send each name once.")
        case .tooDeep: ("Objects and arrays nest deeper than 16 levels.", "Send a flatter value.")
        case .notAnInteger:
            (
                "A number has a fraction or an exponent, or is a negative zero.",
                "Send integers as plain digits and decimals as strings."
            )
        case .integerTooLarge: ("An integer does not fit 64 bits.", "Send a smaller integer, or a string.")
        default: ("The event is not JSON.", "Mend the JSON at the place named.")
        }
    }

    private var envelopeTexts: (meaning: String, remedy: String) {
        switch self {
        case .notAnObject: ("An event is not a JSON object.", "Send each event as one object.")
        case .eventTooLarge:
            ("The event as received is larger than 64 KiB.", "Send less, for instance a shorter ext.")
        case .recordTooLarge:
            ("The event's stored record would be larger than 65,535 bytes.", "Send less, for instance a shorter ext.")
        case .unknownAttribute:
            (
                "The event has an attribute that the ledger does not know.",
                "Remove it, or put what it says into ext."
            )
        case .missingAttribute: ("A required attribute is missing.", "Add the attribute.")
        case .invalidAttribute: ("An attribute does not have its form.", "Send the attribute in the form expected.")
        case .unknownType:
            ("The type is not in the catalogue.", "Use a type of the catalogue, spelled as it is there.")
        case .unknownSchemaVersion:
            (
                "The dataschema names no version of the event's type.",
                "Leave it out for the newest version, or name a version of the catalogue."
            )
        default:
            (
                "The subject is not the one that the data gives.",
                "Leave the subject out, or send the one expected."
            )
        }
    }

    private var fieldTexts: (meaning: String, remedy: String) {
        switch self {
        case .timeTooFarAhead:
            (
                "The event's time is more than 24 h ahead of the daemon's clock.",
                "Mend the time or the sender's clock, or send the event later."
            )
        case .unknownField:
            (
                "The data has a field that its type does not have.",
                "Mend its name, or put what it says into ext."
            )
        case .missingField: ("A required field is missing.", "Add the field.")
        case .invalidField: ("A field does not have its form.", "Send the field in the form expected.")
        case .brokenRule: ("Fields of the event contradict each other.", "Mend the fields named.")
        default: ("The object ext is larger than 4 KiB as sent.", "Send a shorter ext.")
        }
    }

    private var writerTexts: (meaning: String, remedy: String) {
        switch self {
        case .identityConflict:
            (
                "The same source and id are recorded with other content.",
                "Give a new fact a new id; what is recorded stays as it is."
            )
        case .revisionMismatch:
            (
                "The stream holds another number of events than expectedrevision says.",
                "Read the stream, decide anew, and send the revision it has now."
            )
        case .retractionTargetUnknown:
            ("There is no event at the position to retract.", "Name the position of a recorded event.")
        case .retractionTargetOtherStream:
            (
                "The event to retract is of another stream.",
                "Name the stream of the event to retract in influencerId or campaignId."
            )
        case .retractionTargetNotRetractable:
            (
                "A policy or a retraction cannot be retracted.",
                "Publish the next policy, or record the retracted event anew."
            )
        default:
            (
                "The policy's version is not one more than the greatest of its kind.",
                "Send the version expected."
            )
        }
    }
}
