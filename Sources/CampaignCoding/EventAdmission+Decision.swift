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
        prepare(envelope, subject: subject, data: nodes[data].text)
    }

    /// The faults of the fields beside those of the envelope, where the type is known: one refusal names them all.
    private func failFields(_ data: Int, _ nodes: UnsafePointer<JSONNode>) {
        guard let fieldContext else { return }
        readFields(data, nodes, fieldContext, isTooFar: false)
        finalFaultCount += reader.faults.count
        faults += reader.faults.prefix(max(0, CodingLimits.reportedFaultsMax - faults.count))
    }

    private func readFields(_ data: Int, _ nodes: UnsafePointer<JSONNode>, _ envelope: Envelope, isTooFar: Bool) {
        reader.faults.removeAll(keepingCapacity: true)
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

    private func prepare(_ envelope: Envelope, subject: Subject?, data: UnsafeRawBufferPointer) {
        let schema = envelope.schema
        let kind = EventLog.SubjectKind(rawValue: subject?.kind.rawValue ?? 1) ?? .influencer
        let subjectID = subject?.id ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let offset = records.count
        guard let length = writeRecord(envelope, kind: kind, subjectID: subjectID, data: data) else { return }
        let firstFault = deferredFaults.count
        if !reader.faults.isEmpty { deferredFaults += reader.faults }
        let isPolicy = schema.pointee.type == .policyPublished
        let isRetraction = schema.pointee.type == .eventRetracted
        events.append(
            AdmittedEvent(
                index: index, recordOffset: offset, recordLength: length,
                identity: KeyHash(source: value(.source).text, id: value(.id).text),
                stream: KeyHash(subjectKind: kind, subjectID: subjectID), type: schema.pointee.type,
                time: envelope.time, expectedRevision: envelope.expectedRevision,
                retractionTarget: isRetraction ? retractionTarget(schema) : nil,
                policy: isPolicy ? policyVersion(schema) : nil, isAhead: envelope.time > now,
                hasSubject: subject != nil, deferredFaults: firstFault..<deferredFaults.count))
    }

    /// Appends the record; nil, with a fault, if it would be too large.
    private func writeRecord(
        _ envelope: Envelope, kind: EventLog.SubjectKind, subjectID: UnsafeRawBufferPointer,
        data: UnsafeRawBufferPointer
    ) -> Int? {
        var record = RecordBuilder(
            typeCode: envelope.schema.pointee.type.rawValue, schemaVersion: envelope.schema.pointee.version,
            timeMicroseconds: envelope.time.microseconds, posterUID: poster.uid, subjectKind: kind)
        record.id = value(.id).text
        record.source = value(.source).text
        record.subjectID = subjectID
        record.data = data
        if value(.correlationid).isPresent { record.correlationID = value(.correlationid).text }
        if value(.causationid).isPresent { record.causationID = value(.causationid).text }
        if value(.traceparent).isPresent { record.traceParent = value(.traceparent).text }
        if value(.tracestate).isPresent { record.traceState = value(.tracestate).text }
        return userName.withUnsafeBytes { name -> Int? in
            record.userName = name
            guard let size = try? record.encodedSizeBytes(), let length = encode(record, sizeBytes: size) else {
                fail(
                    .recordTooLarge, "", expected: "a record of at most \(RecordFormat.recordSizeBytesMax) bytes",
                    found: "\(data.count) bytes of data beside the envelope")
                return nil
            }
            return length
        }
    }

    private func encode(_ record: RecordBuilder, sizeBytes: Int) -> Int? {
        let memory = records.reserve(sizeBytes)
        guard (try? record.encode(into: memory)) != nil, let start = memory.baseAddress else { return nil }
        if mayHaveLineBreaks {
            let data = (start + sizeBytes - record.data.count).assumingMemoryBound(to: UInt8.self)
            campaign_json_copy_on_one_line(data, data, record.data.count)
        }
        records.commit(sizeBytes)
        return sizeBytes
    }

    private func retractionTarget(_ schema: UnsafePointer<CompiledSchema>) -> Position? {
        guard let position = good(tables.positionName, schema) else { return nil }
        return Position(UInt64(position))
    }

    private func policyVersion(_ schema: UnsafePointer<CompiledSchema>) -> PolicyVersion? {
        guard let kind = good(tables.kindName, schema), let version = good(tables.versionName, schema),
            let kind = PolicyKind(rawValue: UInt8(kind))
        else { return nil }
        return PolicyVersion(kind: kind, version: version)
    }

    /// The number of a field that is there and has its form.
    private func good(_ name: UInt16, _ schema: UnsafePointer<CompiledSchema>) -> Int64? {
        let field = Int(schema.pointee.fieldOfName[Int(name)])
        guard field < schema.pointee.fields.count, reader.slots[field].node != 0, reader.slots[field].isGood else {
            return nil
        }
        return reader.slots[field].number
    }
}
