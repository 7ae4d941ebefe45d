internal import CSimdjson
package import CampaignDomain
internal import EventLog

/// Turns the bytes of a request into checked events with prepared records, or into faults. Pure: it knows no log and no
/// clock; one a thread, its buffers are reused.
///
/// Events, section 1, "One after another": faults of JSON and envelope are final. The time ahead and the fields count
/// only if the identity is not recorded yet, so those faults are kept beside the event for the writer.
package final class EventAdmission {
    let tables: CatalogueTables
    let parser: JSONParser
    let reader: FieldReader
    /// By raw `Attribute`.
    let attributes: UnsafeMutablePointer<AttributeValue>
    /// The source that was checked last and found good: sources repeat.
    @exclusivity(unchecked) var knownSource: [UInt8] = []

    // What is collected of one request. One thread, so without the runtime's checks of exclusive access.
    @exclusivity(unchecked) var events: [AdmittedEvent] = []
    @exclusivity(unchecked) var faults: [Fault] = []
    /// All final faults found, also those beyond the most that are kept.
    @exclusivity(unchecked) var finalFaultCount = 0
    @exclusivity(unchecked) var deferredFaults: [Fault] = []
    /// What the fields of the event in hand are read by; nil if its type is not known.
    @exclusivity(unchecked) var fieldContext: Envelope?
    @exclusivity(unchecked) var records = RecordMemory(capacity: 0)
    @exclusivity(unchecked) var now = Instant.earliest
    var poster = Poster(uid: 0, userName: "")
    @exclusivity(unchecked) var userName: [UInt8] = []
    /// Whether CR or LF can stand between the tokens of an event.
    @exclusivity(unchecked) var mayHaveLineBreaks = false
    /// Index of the event in hand.
    @exclusivity(unchecked) var index = 0

    package init(tables: CatalogueTables) {
        self.tables = tables
        parser = JSONParser(tables: tables)
        reader = FieldReader(tables: tables, parser: parser)
        attributes = .allocate(capacity: Attribute.slotCount)
        attributes.initialize(repeating: AttributeValue(), count: Attribute.slotCount)
    }

    deinit {
        attributes.deallocate()
    }

    /// Checks a body and prepares its records.
    ///
    /// - Parameters:
    ///   - body: `CodingLimits.paddingSizeBytes` bytes must be readable behind its end.
    ///   - now: the daemon's clock.
    package func admit(
        body: UnsafeRawBufferPointer, format: RequestFormat, now: Instant, poster: Poster
    ) -> AdmittedBatch {
        begin(sizeBytes: body.count, now: now, poster: poster)
        guard body.count <= CodingLimits.requestSizeBytesMax else {
            refuse(
                .requestTooLarge, expected: "at most \(CodingLimits.requestSizeBytesMax) bytes", found: "\(body.count)")
            return finish()
        }
        switch format {
        case .single:
            mayHaveLineBreaks = body.hasByte(0x0A) || body.hasByte(0x0D)
            admitEvent(body)
        case .batch:
            mayHaveLineBreaks = body.hasByte(0x0A) || body.hasByte(0x0D)
            admitElements(of: body)
        case .ndjson:
            mayHaveLineBreaks = body.hasByte(0x0D)
            admitLines(of: body)
        }
        if index == 0, faults.isEmpty { refuse(.emptyRequest, expected: "at least one event", found: "none") }
        return finish()
    }

    private static let typicalEventSizeBytes = 250

    func begin(sizeBytes: Int, now: Instant, poster: Poster) {
        events = []
        events.reserveCapacity(min(sizeBytes / EventAdmission.typicalEventSizeBytes, CodingLimits.requestEventsMax) + 1)
        faults = []
        deferredFaults = []
        records = RecordMemory(capacity: min(sizeBytes, CodingLimits.requestSizeBytesMax) + 4096)
        self.now = now
        if self.poster.uid != poster.uid || self.poster.userName != poster.userName || userName.isEmpty {
            self.poster = poster
            userName = Array(poster.userName.utf8)
        }
        index = 0
    }

    func finish() -> AdmittedBatch {
        defer {
            events = []
            records = RecordMemory(capacity: 0)
        }
        return AdmittedBatch(events: events, faults: faults, deferredFaults: deferredFaults, records: records)
    }

    /// A fault of the request as a whole. What was found in its events until then is told beside it.
    func refuse(_ code: FaultCode, pointer: String = "", expected: String, found: String) {
        events = []
        deferredFaults = []
        let fault = Fault(index: nil, code: code, pointer: pointer, expected: expected, found: found)
        faults = [fault] + faults.prefix(CodingLimits.reportedFaultsMax - 1)
    }

    /// A final fault of the event in hand.
    func fail(_ code: FaultCode, _ pointer: String, expected: String, found: String) {
        finalFaultCount += 1
        guard faults.count < CodingLimits.reportedFaultsMax else { return }
        faults.append(Fault(index: index, code: code, pointer: pointer, expected: expected, found: found))
    }
}

extension EventAdmission {
    /// One event a line. A line that is too long or no JSON hides none of the others.
    private func admitLines(of body: UnsafeRawBufferPointer) {
        var start = 0
        while start < body.count {
            let end = body.firstOffset(of: 0x0A, from: start) ?? body.count
            let line = UnsafeRawBufferPointer(rebasing: body[start..<end])
            start = end + 1
            let text = line.last == 0x0D ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
            if text.isBlank { continue }
            guard isBelowEventsMax() else { return }
            admitEvent(text)
        }
    }

    private func admitElements(of body: UnsafeRawBufferPointer) {
        var splitter = campaign_json_splitter()
        splitter.text = body.baseAddress?.assumingMemoryBound(to: UInt8.self)
        splitter.length = body.count
        while true {
            var offset = 0
            var length = 0
            switch Int(campaign_json_split(&splitter, &offset, &length)) {
            case CAMPAIGN_JSON_SPLIT_ELEMENT:
                guard isBelowEventsMax() else { return }
                admitEvent(UnsafeRawBufferPointer(rebasing: body[offset..<offset + length]))
            case CAMPAIGN_JSON_SPLIT_END: return
            default:
                refuseSplit(at: splitter.offset, of: body)
                return
            }
        }
    }

    /// The array cannot be told into elements.
    private func refuseSplit(at offset: Int, of body: UnsafeRawBufferPointer) {
        let isArray = body.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "[")
        let shown = UnsafeRawBufferPointer(rebasing: body[min(offset, body.count)...].prefix(40))
        let found = shown.isEmpty ? "the end of the body" : "\(FaultText.quoted(shown)) at byte \(offset)"
        guard isArray else {
            refuse(.notAnArray, expected: "a JSON array of events", found: found)
            return
        }
        refuse(.invalidJSON, pointer: "/\(index)", expected: "a JSON array that closes each bracket", found: found)
    }

    private func isBelowEventsMax() -> Bool {
        guard index < CodingLimits.requestEventsMax else {
            refuse(.tooManyEvents, expected: "at most \(CodingLimits.requestEventsMax) events", found: "more")
            return false
        }
        return true
    }

    /// One event from JSON; the index moves on.
    private func admitEvent(_ text: UnsafeRawBufferPointer) {
        defer { index += 1 }
        guard text.count <= CodingLimits.eventSizeBytesMax else {
            fail(
                .eventTooLarge, "", expected: "at most \(CodingLimits.eventSizeBytesMax) bytes",
                found: "\(text.count) bytes")
            return
        }
        guard parser.parse(text, isPadded: true) else {
            if faults.count < CodingLimits.reportedFaultsMax { faults.append(parser.fault(index: index, text: text)) }
            return
        }
        let nodes = parser.nodes
        guard nodes[0].is(.object) else {
            fail(.notAnObject, "", expected: "an object", found: nodes[0].excerpt)
            return
        }
        let faultCount = finalFaultCount
        let data = collectAttributes(nodes)
        decide(data: data, nodes: nodes, isClean: finalFaultCount == faultCount)
    }

    /// Puts the members of the event into `attributes`; unknown ones are faults. Returns the node of `data`, or 0.
    private func collectAttributes(_ nodes: UnsafePointer<JSONNode>) -> Int {
        for slot in 1..<Attribute.slotCount { attributes[slot].kind = 0 }
        var data = 0
        var member = 1
        let end = Int(nodes[0].next)
        while member < end {
            let node = nodes + member
            let slot = Int(node.pointee.key_id)
            if slot == 0 || slot >= Attribute.slotCount {
                failUnknown(name: node.pointee.keyText)
            } else if !node.pointee.is(.null) {
                attributes[slot] = AttributeValue(
                    kind: node.pointee.kind, integer: node.pointee.integer, text: node.pointee.text)
                if slot == Int(Attribute.data.rawValue) { data = member }
            }
            member = Int(node.pointee.next)
        }
        return data
    }

    func failUnknown(name: UnsafeRawBufferPointer) {
        fail(
            .unknownAttribute, FaultText.step(String(decoding: name, as: UTF8.self)),
            expected: "an attribute of the ledger's envelope", found: FaultText.quoted(name))
    }
}
