internal import CSimdjson
package import CampaignDomain

// CloudEvents' binary content mode over HTTP: attributes are headers, the body is the data.
extension EventAdmission {
    /// Checks one event whose attributes came as headers.
    ///
    /// - Parameters:
    ///   - attributes: names in lower case without `ce-`, values percent-decoded; `datacontenttype` is the header
    ///     Content-Type. Unlike the attribute it is a media type, so letters of either case and the parameter
    ///     `charset=utf-8` are tolerated.
    ///   - data: the body; `CodingLimits.paddingSizeBytes` bytes must be readable behind its end.
    package func admitBinary(
        attributes given: [(name: String, value: String)], data: UnsafeRawBufferPointer, now: Instant, poster: Poster
    ) -> AdmittedBatch {
        begin(sizeBytes: data.count, now: now, poster: poster)
        mayHaveLineBreaks = data.hasByte(0x0A) || data.hasByte(0x0D)
        let headers = HeaderText(given)
        headers.bytes.withUnsafeBytes { bytes in admit(headers.places, in: bytes, data: data) }
        index = 1
        return finish()
    }

    private func admit(_ places: [HeaderText.Place], in bytes: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer) {
        let sizeBytes = bytes.count - CodingLimits.paddingSizeBytes + data.count
        guard sizeBytes <= CodingLimits.eventSizeBytesMax else {
            fail(
                .eventTooLarge, "", expected: "at most \(CodingLimits.eventSizeBytesMax) bytes",
                found: "\(sizeBytes) bytes")
            return
        }
        collect(places, in: bytes)
        guard !data.isEmpty else {
            decide(data: 0, nodes: parser.nodes, isClean: false)
            return
        }
        // Level 2: the data is one below the event that the headers stand for.
        guard parser.parse(data, level: 2, isPadded: true) else {
            faults.append(parser.fault(index: index, text: data, prefix: "/data"))
            _ = checkEnvelope()
            return
        }
        if !parser.nodes[0].is(.null) { attributes.set(Int(Attribute.data.rawValue), to: parser.nodes) }
        decide(data: 0, nodes: parser.nodes, isClean: faults.isEmpty)
    }

    private func collect(_ places: [HeaderText.Place], in bytes: UnsafeRawBufferPointer) {
        attributes.removeAll()
        for place in places {
            let name = UnsafeRawBufferPointer(rebasing: bytes[place.name])
            let slot = tables.id(of: name)
            guard slot != 0, slot < Int(Attribute.data.rawValue) else {
                failUnknown(name: name)
                continue
            }
            guard !attributes.isPresent(slot: slot) else {
                fail(
                    .duplicateKey, FaultText.step(String(decoding: name, as: UTF8.self)),
                    expected: "each attribute once", found: "another one")
                continue
            }
            let text = UnsafeRawBufferPointer(rebasing: bytes[place.value])
            let isType = slot == Int(Attribute.type.rawValue)
            attributes.set(slot, toHeader: text, name: isType ? UInt16(tables.id(of: text)) : 0)
        }
    }
}

/// The text of headers in one buffer, padded as the vocabulary needs it.
private struct HeaderText {
    struct Place {
        let name: Range<Int>
        let value: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    private(set) var places: [Place] = []

    init(_ attributes: [(name: String, value: String)]) {
        for (name, value) in attributes {
            let start = bytes.count
            bytes += name.utf8
            let middle = bytes.count
            let isJSON = name == Attribute.datacontenttype.name && HeaderText.isJSON(value)
            bytes += isJSON ? "application/json".utf8 : value.utf8
            places.append(Place(name: start..<middle, value: middle..<bytes.count))
        }
        bytes += [UInt8](repeating: 0, count: CodingLimits.paddingSizeBytes)
    }

    /// Whether a media type is JSON in UTF-8.
    private static func isJSON(_ mediaType: String) -> Bool {
        let parts = mediaType.lowercased().split(separator: ";", omittingEmptySubsequences: false)
            .map { $0.filter { $0 != " " && $0 != "\t" } }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }
}
