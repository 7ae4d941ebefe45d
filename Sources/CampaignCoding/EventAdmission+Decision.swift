internal import CSimdjson
internal import CampaignDomain
internal import EventLog

/// The stream an event belongs to, where its data says so.
struct Subject {
    var kind: CampaignDomain.SubjectKind
    var id: UnsafeRawBufferPointer

    var text: String { "\(kind.name)/\(String(decoding: id, as: UTF8.self))" }
}

extension EventAdmission {
    /// Checks the event whose attributes are collected and prepares its record. `data` is the node of its data; it is
    /// not looked at where the attribute is absent. In binary mode, where the data is a text of its own, it is 0.
    func decide(data: Int, nodes: UnsafePointer<JSONNode>, isClean: Bool) {
        let envelope = checkEnvelope()
        guard value(.data).isPresent else {
            fail(.missingAttribute, "/data", expected: "a JSON object", found: "nothing")
            return
        }
        guard nodes[data].is(.object) else {
            fail(.invalidAttribute, "/data", expected: "a JSON object", found: nodes[data].excerpt)
            return
        }
        guard let envelope else { return failFields(data, nodes) }
        let isTooFar = envelope.time.microseconds - now.microseconds > CodingLimits.timeAheadMicrosecondsMax
        readFields(data, nodes, envelope, isTooFar: isTooFar)
        let subject = subject(of: envelope.schema)
        guard checkSubject(subject), isClean else { return }
        guard takesRecorded else { return prepare(envelope, subject: subject, data: nodes[data].text) }
        prepareRecorded(envelope, subject: subject, data: nodes[data].text)
    }

    /// The faults of the fields beside those of the envelope, where the type is known: one refusal names them all.
    private func failFields(_ data: Int, _ nodes: UnsafePointer<JSONNode>) {
        guard let fieldContext else { return }
        readFields(data, nodes, fieldContext, isTooFar: false)
        finalFaultCount += reader.faults.count
        faults += reader.faults.prefix(max(0, CodingLimits.reportedFaultsMax - faults.count))
    }

    private func readFields(_ data: Int, _ nodes: UnsafePointer<JSONNode>, _ envelope: Envelope, isTooFar: Bool) {
        reader.forgetFaults()
        reader.eventIndex = index
        reader.faultsMax = max(1, CodingLimits.reportedFaultsMax - deferredFaults.count)
        if isTooFar {
            reader.faults.append(
                Fault(
                    index: index, code: .timeTooFarAhead, pointer: "/time",
                    expected: "a time at most 24 h ahead of \(now.rfc3339)", found: value(.time).excerpt))
        }
        reader.read(data, of: nodes, by: envelope.schema, time: envelope.time.microseconds)
    }

    /// The stream that the data names: the first of influencerId, campaignId and kind that is present (Events,
    /// section 2). Nil if it does not have its form.
    private func subject(of schema: UnsafePointer<CompiledSchema>) -> Subject? {
        let fields = schema.pointee.subjectFields
        return subject(.influencer, fields.0) ?? subject(.campaign, fields.1) ?? subject(.policy, fields.2)
    }

    @inline(__always)
    private func subject(_ kind: CampaignDomain.SubjectKind, _ field: Int) -> Subject? {
        guard field >= 0, reader.slots[field].node != 0, reader.slots[field].isGood else { return nil }
        return Subject(kind: kind, id: reader.nodes[Int(reader.slots[field].node)].text)
    }

    /// Whether the subject given, if any, is the one derived.
    private func checkSubject(_ derived: Subject?) -> Bool {
        let given = value(.subject)
        guard given.isPresent else { return true }
        guard given.isString else {
            failInvalid(.subject, expected: derived?.text ?? "a string")
            return false
        }
        guard let derived, !given.text.equals(derived.text.utf8) else { return true }
        fail(.subjectMismatch, "/subject", expected: FaultText.quoted(derived.text), found: given.excerpt)
        return false
    }

    /// Writes the event's record and fact.
    @inline(__always)
    func prepare(_ envelope: Envelope, subject: Subject?, data: UnsafeRawBufferPointer) {
        let schema = envelope.schema
        let kind = EventLog.SubjectKind(rawValue: subject?.kind.rawValue ?? 1) ?? .influencer
        let subjectID = subject?.id ?? UnsafeRawBufferPointer(start: nil, count: 0)
        guard let record = writeRecord(envelope, kind: kind, subjectID: subjectID, data: data) else { return }
        let fact = writeFact(envelope, kind: kind)
        let firstFault = deferredFaults.count
        if !reader.faults.isEmpty { deferredFaults += reader.faults }
        let type = schema.pointee.type
        let parts = AdmittedEvent.Parts(
            index: index, record: record, stream: KeyHash(subjectKind: kind, subjectID: subjectID),
            subjectKind: kind, hasSubject: subject != nil, fact: fact, campaignHash: campaignHash(of: fact),
            retractionTarget: type == .eventRetracted ? retractionTarget(schema) : nil,
            policy: type == .policyPublished ? policyVersion(schema) : nil,
            deferredFaults: firstFault..<deferredFaults.count)
        events.append(
            AdmittedEvent(
                parts, identity: KeyHash(after: envelope.identity, id: value(.id).text), type: type, envelope: envelope,
                isAhead: envelope.time > now))
    }

    /// Appends the fact of an event without faults. Where the catalogue cannot make one, that is a fault of the event:
    /// better refused than recorded and never read.
    @inline(__always)
    private func writeFact(_ envelope: Envelope, kind: EventLog.SubjectKind) -> WrittenFact {
        let none = facts.count..<facts.count
        guard reader.faults.isEmpty else { return WrittenFact(range: none, campaign: none) }
        do throws(UpcastFault) {
            let fact = try reader.appendFact(
                by: envelope.schema, time: envelope.time, position: FactPosition(0), to: &facts)
            return kind == .influencer ? fact : WrittenFact(range: fact.range, campaign: facts.count..<facts.count)
        } catch {
            reader.add(.brokenRule, [], expected: "data that newer schema versions can hold", found: error.reason)
            return WrittenFact(range: none, campaign: none)
        }
    }

    @inline(__always)
    private func campaignHash(of fact: WrittenFact) -> UInt64 {
        guard !fact.campaign.isEmpty else { return 0 }
        return facts.withUnsafeBytes { KeyHash.campaign(UnsafeRawBufferPointer(rebasing: $0[fact.campaign])) }
    }

    /// Appends the record; nil, with a fault, if it would be too large.
    @inline(__always)
    private func writeRecord(
        _ envelope: Envelope, kind: EventLog.SubjectKind, subjectID: UnsafeRawBufferPointer,
        data: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        var record = RecordBuilder(
            typeCode: envelope.schema.pointee.type.rawValue, schemaVersion: envelope.schema.pointee.version,
            timeMicroseconds: envelope.time.microseconds, posterUID: poster.uid, subjectKind: kind)
        record.id = value(.id).text
        record.source = value(.source).text
        record.subjectID = subjectID
        record.userName = UnsafeRawBufferPointer(userName)
        record.data = data
        record.mayHaveLineBreaks = mayHaveLineBreaks
        if attributes.present & EventAdmission.extensionAttributes != 0 { setExtensions(of: &record) }
        let offset = records.count
        guard let size = try? record.encodedSizeBytes() else {
            fail(
                .recordTooLarge, "", expected: "a record of at most \(RecordFormat.recordSizeBytesMax) bytes",
                found: "\(data.count) bytes of data beside the envelope")
            return nil
        }
        record.encode(to: records.reserve(size), sizeBytes: size)
        records.commit(size)
        return offset..<offset + size
    }

    /// The bits of the attributes that a record keeps as extensions.
    static let extensionAttributes =
        Attribute.correlationid.bit | Attribute.causationid.bit | Attribute.traceparent.bit | Attribute.tracestate.bit

    private func setExtensions(of record: inout RecordBuilder) {
        if value(.correlationid).isPresent { record.correlationID = value(.correlationid).text }
        if value(.causationid).isPresent { record.causationID = value(.causationid).text }
        if value(.traceparent).isPresent { record.traceParent = value(.traceparent).text }
        if value(.tracestate).isPresent { record.traceState = value(.tracestate).text }
    }

    private func retractionTarget(_ schema: UnsafePointer<CompiledSchema>) -> Position? {
        reader.goodNumber(of: tables.positionName, schema).map { Position(UInt64($0)) }
    }

    private func policyVersion(_ schema: UnsafePointer<CompiledSchema>) -> PolicyVersion? {
        guard let kind = reader.goodNumber(of: tables.kindName, schema),
            let version = reader.goodNumber(of: tables.versionName, schema),
            let kind = PolicyKind(rawValue: UInt8(kind))
        else { return nil }
        return PolicyVersion(kind: kind, version: version)
    }
}
