import CampaignCoding
import CampaignDomain
import EventLog
import Testing

/// Good events to start from: each test changes one thing.
enum Sample {
    static let tables = CatalogueTables()
    static let poster = Poster(uid: 1000, userName: "ledger")
    static let time = "2026-10-31T12:00:00Z"
    static let now = instant("2026-11-01T00:00:00Z")

    static func instant(_ text: String) -> Instant {
        Array(text.utf8).withUnsafeBytes { Instant(rfc3339: $0)! }
    }

    /// Raw JSON for a good value of a field.
    static func value(of field: Field) -> String {
        switch field.form {
        case .identifier: return "\"\(field.name)-1\""
        case .integer: return "5"
        case .money: return #"{"currency":"EUR","amount":"12.50"}"#
        case .topics: return #"["tea","slow-food"]"#
        case .identifiers: return #"["brand-1","brand-2"]"#
        case .date: return "\"2026-10-31\""
        case .instant: return "\"\(time)\""
        case .oneOf(let words): return "\"\(words[0])\""
        case .country: return "\"DE\""
        case .policyBody: return body(of: PolicyParameter.trust)
        }
    }

    /// A policy body with the standard values; `replacing` by path.
    static func body(of parameters: [PolicyParameter], replacing: [String: String] = [:]) -> String {
        var members: [String] = []
        var group: [String] = []
        for (index, parameter) in parameters.enumerated() {
            let path = parameter.path.joined(separator: "/")
            let name = parameter.path.last!
            group.append("\"\(name)\":\(replacing[path] ?? String(parameter.standard))")
            guard parameter.path.count == 2 else {
                members += group
                group = []
                continue
            }
            let isLast = index + 1 == parameters.count || parameters[index + 1].path[0] != parameter.path[0]
            if isLast {
                members.append("\"\(parameter.path[0])\":{\(group.joined(separator: ","))}")
                group = []
            }
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// Good data of a schema. Optional fields are there, but the second of an exclusive pair.
    static func data(
        _ schema: EventSchema, replacing: [String: String] = [:], without: Set<String> = [], adding: String? = nil
    ) -> String {
        var absent = without
        for case .exactlyOne(_, let second) in schema.rules where replacing[second] == nil { absent.insert(second) }
        var members = schema.fields.filter { !absent.contains($0.name) }.map { field in
            "\"\(field.name)\":\(replacing[field.name] ?? value(of: field))"
        }
        if let adding { members.append(adding) }
        return "{\(members.joined(separator: ","))}"
    }

    /// An event as JSON; attributes are raw JSON by name.
    static func event(
        _ type: String, _ data: String, _ attributes: KeyValuePairs<String, String> = [:], without: String? = nil
    ) -> String {
        var all = [
            ("specversion", "\"1.0\""), ("id", "\"e1\""), ("source", "\"urn:test\""), ("type", "\"\(type)\""),
            ("time", "\"\(time)\""), ("data", data),
        ]
        for (name, value) in attributes {
            if let index = all.firstIndex(where: { $0.0 == name }) {
                all[index].1 = value
            } else {
                all.append((name, value))
            }
        }
        let members = all.filter { $0.0 != without }.map { "\"\($0.0)\":\($0.1)" }
        return "{\(members.joined(separator: ","))}"
    }

    static func schema(_ name: String) -> EventSchema {
        Catalogue.standard.versions.joined().first { $0.name == name }!
    }

    /// A good small event with other attributes.
    static func sale(_ attributes: KeyValuePairs<String, String> = [:], without: String? = nil) -> String {
        event("commission.approved", data(schema("commission.approved")), attributes, without: without)
    }
}

extension [UInt8] {
    /// Lends the bytes with the padding that the parser needs. The padding is JSON too, so that reading into it would
    /// show.
    func withPadding<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let padded = self + [UInt8](repeating: UInt8(ascii: "1"), count: CodingLimits.paddingSizeBytes)
        return padded.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
    }
}

func admit(
    _ body: [UInt8], _ format: RequestFormat = .single, tables: CatalogueTables = Sample.tables,
    now: Instant = Sample.now
) -> AdmittedBatch {
    let admission = EventAdmission(tables: tables)
    return body.withPadding { admission.admit(body: $0, format: format, now: now, poster: Sample.poster) }
}

func admit(_ body: String, _ format: RequestFormat = .single, now: Instant = Sample.now) -> AdmittedBatch {
    admit(Array(body.utf8), format, now: now)
}

/// Expects exactly one fault, of that code and place.
func expectFault(
    _ batch: AdmittedBatch, _ code: FaultCode, _ pointer: String, expected: String? = nil, found: String? = nil,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
) {
    let faults = batch.reportedFaults
    #expect(faults.count == 1, comment ?? "\(faults)", sourceLocation: sourceLocation)
    guard let fault = faults.first else { return }
    #expect(fault.code == code, comment, sourceLocation: sourceLocation)
    #expect(fault.pointer == pointer, comment, sourceLocation: sourceLocation)
    if let expected { #expect(fault.expected == expected, comment, sourceLocation: sourceLocation) }
    if let found { #expect(fault.found == found, comment, sourceLocation: sourceLocation) }
    #expect(fault.found.count <= 64 + 30, comment, sourceLocation: sourceLocation)
}

func expectAccepted(
    _ batch: AdmittedBatch, events: Int = 1, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(batch.reportedFaults == [], comment, sourceLocation: sourceLocation)
    #expect(batch.events.count == events, comment, sourceLocation: sourceLocation)
}

extension AdmittedBatch {
    /// The text of an event's data as stored.
    func dataText(_ index: Int = 0) -> String {
        guard events.indices.contains(index) else { return "there is no event \(index)" }
        return String(decoding: record(of: events[index]).data, as: UTF8.self)
    }
}

/// A sealed copy of an event's record.
func sealedRecord(_ batch: AdmittedBatch, _ index: Int = 0, recordedTime: Int64 = 1_790_000_000_000_000) -> [UInt8] {
    var bytes = Array(batch.preparedRecord(of: batch.events[index]))
    bytes.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: recordedTime) }
    return bytes
}
