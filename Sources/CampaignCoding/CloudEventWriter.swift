internal import CampaignDomain
package import EventLog

/// Gives records back as the CloudEvents they were (Events, section 1), with `sequence` and `recordedtime`.
package struct CloudEventWriter: Sendable {
    private let tables: CatalogueTables

    package init(tables: CatalogueTables) {
        self.tables = tables
    }

    /// Appends the event as one line of JSON, without the line feed: `data` as it is stored, byte for byte.
    ///
    /// - Parameter withPoster: whether it says who posted it too, as `recordeduid` and `recordeduser`: then the line holds
    ///   all that the record does.
    package func append(
        _ record: RecordView, position: Position, withPoster: Bool = false, to line: inout [UInt8]
    ) throws(RecordDecodingError) {
        guard let schema = tables.catalogue.newest(of: EventType(rawValue: record.typeCode)) else {
            throw RecordDecodingError(position: position, reason: "type number \(record.typeCode) is not known")
        }
        line.append(contentsOf: #"{"specversion":"1.0","id":""#.utf8)
        line.append(escaping: record.id)
        line.append(contentsOf: #"","source":""#.utf8)
        line.append(escaping: record.source)
        line.append(contentsOf: #"","type":""#.utf8)
        line.append(contentsOf: schema.name.utf8)
        line.append(contentsOf: #"","subject":""#.utf8)
        appendSubject(of: record, to: &line)
        line.append(contentsOf: #"","time":""#.utf8)
        Instant(microseconds: record.timeMicroseconds).appendRFC3339(to: &line)
        line.append(contentsOf: #"","dataschema":"urn:campaign-ledger:"#.utf8)
        line.append(contentsOf: schema.name.utf8)
        line.append(UInt8(ascii: ":"))
        line.append(decimal: UInt64(record.schemaVersion), digitsMin: 1)
        line.append(contentsOf: #"","datacontenttype":"application/json","sequence":""#.utf8)
        line.append(decimal: position.rawValue, digitsMin: CloudEventWriter.sequenceDigits)
        line.append(contentsOf: #"","recordedtime":""#.utf8)
        Instant(microseconds: record.recordedTimeMicroseconds).appendRFC3339(to: &line)
        line.append(UInt8(ascii: "\""))
        if withPoster { appendPoster(of: record, to: &line) }
        appendExtensions(of: record, to: &line)
        line.append(contentsOf: #","data":"#.utf8)
        line.append(contentsOf: record.data)
        line.append(UInt8(ascii: "}"))
    }

    /// Digits of `sequence`, zero padded, so that it sorts as text.
    private static let sequenceDigits = 20

    private func appendSubject(of record: RecordView, to line: inout [UInt8]) {
        switch record.subjectKind {
        case .influencer: line.append(contentsOf: "influencer/".utf8)
        case .campaign: line.append(contentsOf: "campaign/".utf8)
        case .policy: line.append(contentsOf: "policy/".utf8)
        }
        line.append(contentsOf: record.subjectID)
    }

    private func appendPoster(of record: RecordView, to line: inout [UInt8]) {
        line.append(contentsOf: #","recordeduid":""#.utf8)
        line.append(decimal: UInt64(record.posterUID), digitsMin: 1)
        line.append(contentsOf: #"","recordeduser":""#.utf8)
        line.append(escaping: record.userName)
        line.append(UInt8(ascii: "\""))
    }

    private func appendExtensions(of record: RecordView, to line: inout [UInt8]) {
        guard !record.extensions.isEmpty else { return }
        for entry in RecordExtensions(block: record.extensions) {
            switch entry.tag {
            case .correlationID: line.append(contentsOf: #","correlationid":""#.utf8)
            case .causationID: line.append(contentsOf: #","causationid":""#.utf8)
            case .traceParent: line.append(contentsOf: #","traceparent":""#.utf8)
            case .traceState: line.append(contentsOf: #","tracestate":""#.utf8)
            }
            line.append(escaping: entry.value)
            line.append(UInt8(ascii: "\""))
        }
    }
}

extension [UInt8] {
    /// Appends UTF-8 as the inside of a JSON string.
    fileprivate mutating func append(escaping text: UnsafeRawBufferPointer) {
        for byte in text {
            if byte < 0x20 {
                append(contentsOf: #"\u00"#.utf8)
                append(contentsOf: (byte < 0x10 ? "0" : "").utf8)
                append(contentsOf: String(byte, radix: 16).utf8)
                continue
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
            append(byte)
        }
    }

    fileprivate mutating func append(decimal value: UInt64, digitsMin: Int) {
        let digits = String(value)
        for _ in 0..<Swift.max(0, digitsMin - digits.utf8.count) { append(UInt8(ascii: "0")) }
        append(contentsOf: digits.utf8)
    }
}
