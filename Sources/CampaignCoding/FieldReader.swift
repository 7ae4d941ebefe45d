internal import CSimdjson
internal import CampaignDomain

/// What was read of one field.
struct FieldSlot {
    /// The field's node; 0 if it is absent (node 0 is never a field).
    var node: UInt32 = 0
    /// Whether the value has its form.
    var isGood = false
    /// An integer; microseconds of an instant; the day's number; minor units of money; the index of a word.
    var number: Int64 = 0
    var currency = Currency.usd
}

/// How reading a field went; what is wrong inside a compound is reported at its own place.
enum Reading {
    case good, bad, reported

    @inline(__always)
    init(_ isGood: Bool) {
        self = isGood ? .good : .bad
    }
}

/// Reads `data` by a schema version: each field once, in the order of the source, into a slot; faults aside.
///
/// One a thread, so the hot properties go without the runtime's checks of exclusive access (6 % of admission's time).
/// The same walk serves admission, where faults are answers, and decoding, where they are damage.
final class FieldReader {
    let tables: CatalogueTables
    let slots: UnsafeMutablePointer<FieldSlot>
    private let times = TimeReader()
    /// The parameters of a policy body, in the order of its table.
    var parameters: [Int64] = []
    @exclusivity(unchecked) var nodes: UnsafePointer<JSONNode>
    /// The faults found, up to `faultsMax`; `faultCount` counts all.
    @exclusivity(unchecked) var faults: [Fault] = []
    @exclusivity(unchecked) var faultsMax = CodingLimits.reportedFaultsMax
    var faultCount = 0
    /// The pointer of the object read, for faults.
    var root = "/data"
    /// The index of the event for faults.
    @exclusivity(unchecked) var eventIndex: Int?
    /// The node of the object read.
    @exclusivity(unchecked) private(set) var data = 0

    init(tables: CatalogueTables, parser: JSONParser) {
        self.tables = tables
        slots = .allocate(capacity: CompiledSchema.fieldsMax + 2)
        slots.initialize(repeating: FieldSlot(), count: CompiledSchema.fieldsMax + 2)
        nodes = parser.nodes
    }

    deinit {
        slots.deallocate()
    }

    /// Makes ready for the next event.
    @inline(__always)
    func forgetFaults() {
        if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    }

    /// The number of a field that is there and has its form.
    func goodNumber(of name: UInt16, _ schema: UnsafePointer<CompiledSchema>) -> Int64? {
        let field = Int(schema.pointee.fieldOfName[Int(name)])
        guard field < schema.pointee.fields.count, slots[field].node != 0, slots[field].isGood else { return nil }
        return slots[field].number
    }

    /// Reads all fields and checks the rules between them. What is wrong is added to `faults`.
    func read(
        _ data: Int, of nodes: UnsafePointer<JSONNode>, by schema: UnsafePointer<CompiledSchema>, time: Int64
    ) {
        self.nodes = nodes
        self.data = data
        let fields = schema.pointee.fields
        let fieldOfName = schema.pointee.fieldOfName
        let fieldCount = fields.count
        for index in 0..<fieldCount { slots[index].node = 0 }
        var present: UInt64 = 0
        var body = -1
        let end = Int(nodes[data].next)
        var index = data + 1
        while index < end {
            let field = fieldOfName[Int(nodes[index].key_id)]
            if Int(field) < fieldCount {
                present |= 1 << UInt64(field)
                slots[Int(field)].node = UInt32(index)
                if fields[Int(field)].kind == .policyBody {
                    body = Int(field)
                } else {
                    read(field: Int(field), at: index, as: fields[Int(field)], of: schema)
                }
            } else {
                readOther(at: index, isExt: field == CompiledSchema.extField, of: schema)
            }
            index = Int(nodes[index].next)
        }
        if body >= 0 { readPolicyBody(field: body, of: schema) }
        let missing = schema.pointee.required & ~present
        if missing != 0 { reportMissing(missing, of: schema) }
        for rule in schema.pointee.rules { check(rule, time: time, of: schema) }
    }

    @inline(__always)
    private func read(
        field: Int, at index: Int, as form: CompiledField, of schema: UnsafePointer<CompiledSchema>
    ) {
        let node = nodes + index
        let reading: Reading
        switch form.kind {
        case .integer:
            let value = node.pointee.integer
            reading = Reading(node.pointee.is(.integer) && value >= form.lower && value <= form.upper)
            slots[field].number = value
        case .identifier: reading = Reading(node.pointee.is(.string) && Identifier.isValid(node.pointee.text))
        case .oneOf: reading = Reading(readWord(field: field, node.pointee, words: form.words))
        case .money: reading = readMoney(field: field, at: index, of: schema)
        case .topics: reading = readList(.topics, field: field, at: index, of: schema)
        case .identifiers:
            reading = readList(.identifiers(countMax: Int(form.upper)), field: field, at: index, of: schema)
        case .date: reading = Reading(readDay(field: field, node.pointee))
        case .instant: reading = Reading(readInstant(field: field, node.pointee))
        case .country: reading = Reading(node.pointee.is(.string) && Country(code: node.pointee.text) != nil)
        case .policyBody: return
        }
        slots[field].isGood = reading == .good
        if reading == .bad { reportInvalid(field: field, of: schema) }
    }

    @inline(__always)
    private func readWord(field: Int, _ node: JSONNode, words: Int) -> Bool {
        guard node.is(.string) else { return false }
        let word = tables.wordIndexes[words + tables.id(of: node.text)]
        slots[field].number = Int64(word)
        return word != CatalogueTables.noWord
    }

    private func readDay(field: Int, _ node: JSONNode) -> Bool {
        guard node.is(.string), let day = Day(iso8601: node.text), day.number >= 0 else { return false }
        slots[field].number = Int64(day.number)
        return true
    }

    private func readInstant(field: Int, _ node: JSONNode) -> Bool {
        guard node.is(.string), let instant = times.instant(node.text) else { return false }
        slots[field].number = instant.microseconds
        return true
    }
}
