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
    let attributes = AttributeTable()
    /// The sources that were found good: they repeat.
    let sources = KnownSources()
    let times = TimeReader()
    // What is collected of one request. One thread, so without the runtime's checks of exclusive access.
    @exclusivity(unchecked) var events: [AdmittedEvent] = []
    @exclusivity(unchecked) var faults: [Fault] = []
    /// All final faults found, also those beyond the most that are kept.
    @exclusivity(unchecked) var finalFaultCount = 0
    @exclusivity(unchecked) var deferredFaults: [Fault] = []
    /// What the fields of the event in hand are read by; nil if its type is not known.
    @exclusivity(unchecked) var fieldContext: Envelope?
    @exclusivity(unchecked) var records = RecordMemory(capacity: 0)
    @exclusivity(unchecked) var facts = FactWriter()
    @exclusivity(unchecked) var now = Instant.earliest
    var poster = Poster(uid: 0, userName: "")
    /// The poster's name as records hold it.
    @exclusivity(unchecked) var userName = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// Whether CR or LF can stand between the tokens of an event.
    @exclusivity(unchecked) var mayHaveLineBreaks = false
    /// Whether events say where, when and from whom they were recorded, and are taken with that: an import.
    let takesRecorded: Bool
    let attributeSlots: Int
    let eventSizeBytesMax: Int
    /// Of an import: beside `events`.
    @exclusivity(unchecked) var marks: [RecordedMark] = []
    /// Index of the event in hand.
    @exclusivity(unchecked) var index = 0

    /// - Parameter takesRecorded: whether events are taken as an export gave them, with `sequence`, `recordedtime` and
    ///   their poster.
    package init(tables: CatalogueTables, takesRecorded: Bool = false) {
        self.tables = tables
        self.takesRecorded = takesRecorded
        attributeSlots = takesRecorded ? Attribute.slotCount : Attribute.postedSlotCount
        eventSizeBytesMax =
            takesRecorded ? CodingLimits.exportedEventSizeBytesMax : CodingLimits.eventSizeBytesMax
        parser = JSONParser(tables: tables, hasEnvelope: true)
        reader = FieldReader(tables: tables, parser: parser)
    }

    deinit {
        records.deallocate()
        userName.deallocate()
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
        case .ndjson: admitLines(of: body)
        }
        if index == 0, faults.isEmpty { refuse(.emptyRequest, expected: "at least one event", found: "none") }
        return finish()
    }

    /// What the arrays make room for at first: small events, whose records are larger than they are by the header.
    private static let smallEventSizeBytes = 250
    private static let recordOverheadBytes = 64
    /// The memory for facts that is kept from one request to the next: those of 10,000 usual events.
    private static let keptFactsBytesMax = 1 << 20

    func begin(sizeBytes: Int, now: Instant, poster: Poster) {
        let bodySizeBytes = min(sizeBytes, CodingLimits.requestSizeBytesMax)
        let count = min(bodySizeBytes / EventAdmission.smallEventSizeBytes, CodingLimits.requestEventsMax) + 1
        events.reserveCapacity(count)
        records.deallocate()
        records = RecordMemory(capacity: bodySizeBytes + count * EventAdmission.recordOverheadBytes)
        self.now = now
        take(poster)
        index = 0
    }

    /// Makes records say so from now on.
    func take(_ poster: Poster) {
        guard self.poster.uid != poster.uid || self.poster.userName != poster.userName else { return }
        self.poster = poster
        userName.deallocate()
        userName = .allocate(byteCount: poster.userName.utf8.count, alignment: 1)
        userName.copyBytes(from: poster.userName.utf8)
    }

    /// Gives up what was collected; only the memory that the facts were copied from is kept for the next request.
    func finish() -> AdmittedBatch {
        defer {
            events = []
            marks = []
            faults = []
            deferredFaults = []
            facts.removeAll()
            if facts.capacity > EventAdmission.keptFactsBytesMax { facts = FactWriter() }
        }
        return AdmittedBatch(
            events: events, faults: faults, deferredFaults: deferredFaults, facts: facts.bytes,
            records: records.take(), marks: marks)
    }

    /// A fault of the request as a whole. What was found in its events until then is told beside it.
    func refuse(_ code: FaultCode, pointer: String = "", expected: String, found: String) {
        events = []
        facts.removeAll()
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
