internal import CSimdjson
internal import CampaignDomain

// The forms of a request: one event, a JSON array, lines.
extension EventAdmission {
    /// One event a line. A line that is too long or no JSON hides none of the others.
    func admitLines(of body: UnsafeRawBufferPointer) {
        var start = 0
        var scanned = 0..<0
        while start < body.count {
            if start >= scanned.upperBound { scanned = scanLines(of: body, from: start) }
            let end = body.firstOffset(of: 0x0A, from: start) ?? body.count
            let line = UnsafeRawBufferPointer(rebasing: body[start..<end])
            let offset = start - scanned.lowerBound
            start = end + 1
            let text = line.last == 0x0D ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
            if text.isBlank { continue }
            guard isBelowEventsMax() else { return }
            admitEvent(text, isParsed: parser.parseScanned(offset: offset, length: text.count))
        }
    }

    /// Lines are scanned together while they stay in the CPU's nearest cache with their tokens.
    private static let scannedSizeBytes = 64 << 10

    /// Scans as many whole lines as fit in one scan, and at least one.
    private func scanLines(of body: UnsafeRawBufferPointer, from start: Int) -> Range<Int> {
        var end = min(start + EventAdmission.scannedSizeBytes, body.count)
        if end < body.count {
            while end > start, body[end - 1] != 0x0A { end -= 1 }
            if end == start { end = body.firstOffset(of: 0x0A, from: start).map { $0 + 1 } ?? body.count }
        }
        let lines = UnsafeRawBufferPointer(rebasing: body[start..<end])
        mayHaveLineBreaks = lines.hasByte(0x0D)
        parser.scan(lines)
        return start..<end
    }

    func admitElements(of body: UnsafeRawBufferPointer) {
        var splitter = campaign_json_splitter()
        splitter.text = body.baseAddress?.assumingMemoryBound(to: UInt8.self)
        splitter.length = body.count
        parser.scan(body)
        while true {
            var offset = 0
            var length = 0
            let isParsed =
                index < CodingLimits.requestEventsMax
                && campaign_json_split_scanned(parser.handle, &splitter, &offset, &length)
            switch isParsed ? CAMPAIGN_JSON_SPLIT_ELEMENT : Int(campaign_json_split(&splitter, &offset, &length)) {
            case CAMPAIGN_JSON_SPLIT_ELEMENT:
                guard isBelowEventsMax() else { return }
                admitEvent(UnsafeRawBufferPointer(rebasing: body[offset..<offset + length]), isParsed: isParsed)
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
    ///
    /// - Parameter isParsed: whether the parser holds its nodes already.
    func admitEvent(_ text: UnsafeRawBufferPointer, isParsed: Bool = false) {
        defer { index += 1 }
        guard text.count <= eventSizeBytesMax else {
            fail(
                .eventTooLarge, "", expected: "at most \(eventSizeBytesMax) bytes",
                found: "\(text.count) bytes")
            return
        }
        guard isParsed || parser.parse(text, isPadded: true) else {
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
    @inline(__always)
    private func collectAttributes(_ nodes: UnsafePointer<JSONNode>) -> Int {
        attributes.removeAll()
        var data = 0
        var member = 1
        let end = Int(nodes[0].next)
        while member < end {
            let node = nodes + member
            let slot = Int(node.pointee.key_id)
            if slot == 0 || slot >= attributeSlots {
                failUnknown(name: node.pointee.keyText)
            } else if !node.pointee.is(.null) {
                attributes.set(slot, to: node)
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
