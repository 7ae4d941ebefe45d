package import CampaignDomain
package import EventLog

/// What an exported event says of its recording.
package struct RecordedMark: Sendable, Equatable {
    /// Its position in the ledger it was exported from.
    package let sequence: Position
    package let recordedTime: Instant
    /// Whether it says who posted it; if not, whoever imports it counts as its poster.
    package let hasPoster: Bool
}

// Events as an export gives them: with `sequence` and `recordedtime`, and with `recordeduid` and `recordeduser` if that
// was asked for. Both of these or none.
extension EventAdmission {
    /// Checks what the event says of its recording and prepares its record as it was.
    func prepareRecorded(_ envelope: Envelope, subject: Subject?, data: UnsafeRawBufferPointer) {
        let faultCount = finalFaultCount
        let sequence = readSequence()
        let time = readRecordedTime()
        let own = poster
        let recorded = readPoster()
        guard finalFaultCount == faultCount, let sequence, let time else { return }
        if let recorded { take(recorded) }
        let count = events.count
        prepare(envelope, subject: subject, data: data)
        if recorded != nil { take(own) }
        guard events.count > count else { return }
        marks.append(RecordedMark(sequence: sequence, recordedTime: time, hasPoster: recorded != nil))
    }

    private func readSequence() -> Position? {
        guard requirePresent(.sequence) else { return nil }
        let sequence = value(.sequence)
        let digits = sequence.text
        let isNumber =
            sequence.isString && (1...20).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, let number = UInt64(String(decoding: digits, as: UTF8.self)), number > 0,
            Position(number) <= .indexable
        else {
            failInvalid(.sequence, expected: "a position, as a string of up to 20 digits")
            return nil
        }
        return Position(number)
    }

    private func readRecordedTime() -> Instant? {
        guard requirePresent(.recordedtime) else { return nil }
        let time = value(.recordedtime)
        guard time.isString, let instant = Instant(rfc3339: time.text) else {
            failInvalid(.recordedtime, expected: "\(Rule.time)")
            return nil
        }
        return instant
    }

    private func requirePresent(_ attribute: Attribute) -> Bool {
        if value(attribute).isPresent { return true }
        fail(.missingAttribute, "/\(attribute.name)", expected: "an event as export gives it", found: "nothing")
        return false
    }

    /// Nil if the event says nothing of it, or what it says is wrong.
    private func readPoster() -> Poster? {
        let (uid, name) = (value(.recordeduid), value(.recordeduser))
        guard uid.isPresent || name.isPresent else { return nil }
        guard requirePresent(.recordeduid), requirePresent(.recordeduser) else { return nil }
        guard uid.isString, let number = uid.text.decimal(digitsMax: 10), number <= Int64(UInt32.max) else {
            failInvalid(.recordeduid, expected: "the number of a user, as a string")
            return nil
        }
        guard name.isString, name.text.count <= CodingLimits.userNameSizeBytesMax else {
            failInvalid(.recordeduser, expected: "a string of at most \(CodingLimits.userNameSizeBytesMax) bytes")
            return nil
        }
        return Poster(uid: UInt32(number), userName: String(decoding: name.text, as: UTF8.self))
    }
}
