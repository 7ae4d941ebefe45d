internal import CSimdjson

/// The attributes of an event's envelope (Events, section 1). Raw values are the ids of their names in the vocabulary,
/// so they count from 1 without gaps.
enum Attribute: UInt16, CaseIterable {
    case specversion = 1
    case id, source, type, time, subject, datacontenttype, dataschema, expectedrevision, correlationid, causationid
    case traceparent, tracestate, sequence, recordedtime, data
    /// Who posted it. Only in exports for moving, and only an import takes them: in a post they are unknown.
    case recordeduid, recordeduser

    var name: String { "\(self)" }

    /// Its bit in a set of attributes.
    @inline(__always)
    var bit: UInt32 { 1 << UInt32(rawValue) }

    /// Slots for values by raw value; 0 is no attribute.
    static let slotCount = allCases.count + 1
    /// The slots of what may be posted: those up to `data`.
    static let postedSlotCount = Int(data.rawValue) + 1
}

/// The value of an attribute, from JSON or from a header of HTTP: a node in either case.
struct AttributeValue {
    let node: UnsafePointer<JSONNode>

    /// The kind of the node that stands for an absent attribute. JSON null means absent (CloudEvents, JSON format,
    /// section 2.2).
    static let absentKind: UInt8 = 0

    @inline(__always)
    var kind: UInt8 { node.pointee.kind }
    @inline(__always)
    var isPresent: Bool { kind != AttributeValue.absentKind }
    @inline(__always)
    var isString: Bool { kind == JSONKind.string.rawValue }
    /// The id of the text in the vocabulary, of `type` only.
    @inline(__always)
    var name: UInt16 { node.pointee.value_id }
    /// Of an integer.
    @inline(__always)
    var integer: Int64 { node.pointee.integer }
    /// The unescaped text of a string, the source of anything else.
    @inline(__always)
    var text: UnsafeRawBufferPointer { node.pointee.text }

    var excerpt: String { isPresent ? node.pointee.excerpt : "nothing" }
}

/// The attributes of the event in hand, by name. One a thread.
final class AttributeTable {
    private let nodes: UnsafeMutablePointer<UnsafePointer<JSONNode>>
    private let absent: UnsafeMutablePointer<JSONNode>
    /// What is said by headers.
    private let headers: UnsafeMutablePointer<JSONNode>
    /// The attributes that are present, by `Attribute.bit`.
    @exclusivity(unchecked) private(set) var present: UInt32 = 0

    init() {
        absent = .allocate(capacity: 1)
        absent.initialize(to: JSONNode())
        headers = .allocate(capacity: Attribute.slotCount)
        headers.initialize(repeating: JSONNode(), count: Attribute.slotCount)
        nodes = .allocate(capacity: Attribute.slotCount)
        nodes.initialize(repeating: UnsafePointer(absent), count: Attribute.slotCount)
    }

    deinit {
        nodes.deallocate()
        headers.deallocate()
        absent.deallocate()
    }

    @inline(__always)
    subscript(attribute: Attribute) -> AttributeValue { AttributeValue(node: nodes[Int(attribute.rawValue)]) }

    @inline(__always)
    func removeAll() {
        for slot in 1..<Attribute.slotCount { nodes[slot] = UnsafePointer(absent) }
        present = 0
    }

    /// - Parameter slot: the raw value of an attribute.
    @inline(__always)
    func set(_ slot: Int, to node: UnsafePointer<JSONNode>) {
        nodes[slot] = node
        present |= 1 << UInt32(slot)
    }

    /// Sets an attribute to the text of a header.
    ///
    /// - Parameter name: the id of the text in the vocabulary, of `type` only.
    func set(_ slot: Int, toHeader text: UnsafeRawBufferPointer, name: UInt16) {
        headers[slot].kind = JSONKind.string.rawValue
        headers[slot].value = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
        headers[slot].value_length = UInt32(text.count)
        headers[slot].value_id = name
        set(slot, to: headers + slot)
    }

    @inline(__always)
    func isPresent(slot: Int) -> Bool { present >> UInt32(slot) & 1 == 1 }
}
