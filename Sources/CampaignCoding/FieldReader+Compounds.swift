internal import CSimdjson
internal import CampaignDomain

// Fields that are objects or lists: money, topics, lists of identifiers, `ext`.
extension FieldReader {
    /// Reads `{"currency": …, "amount": …}`.
    func readMoney(field: Int, at index: Int, of schema: UnsafePointer<CompiledSchema>) -> Reading {
        guard nodes[index].is(.object) else { return .bad }
        var currencyNode = 0
        var amountNode = 0
        var member = index + 1
        var isClean = true
        while member < Int(nodes[index].next) {
            let name = nodes[member].key_id
            if name == tables.currencyName {
                currencyNode = member
            } else if name == tables.amountName {
                amountNode = member
            } else {
                isClean = false
                reportUnknown(at: member, in: [self.name(of: field, schema)], expected: "only currency and amount")
            }
            member = Int(nodes[member].next)
        }
        guard currencyNode != 0, amountNode != 0 else {
            if currencyNode == 0 {
                reportMissing([name(of: field, schema), "currency"], expected: Expectation.currency)
            }
            if amountNode == 0 { reportMissing([name(of: field, schema), "amount"], expected: "a decimal string") }
            return .reported
        }
        let isAmount = readAmount(field: field, currency: currencyNode, amount: amountNode, of: schema)
        return isAmount && isClean ? .good : .reported
    }

    private func readAmount(
        field: Int, currency currencyNode: Int, amount amountNode: Int, of schema: UnsafePointer<CompiledSchema>
    ) -> Bool {
        guard nodes[currencyNode].is(.string), let currency = Currency(code: nodes[currencyNode].text) else {
            reportInvalid(at: currencyNode, [name(of: field, schema), "currency"], expected: Expectation.currency)
            return false
        }
        guard nodes[amountNode].is(.string), let money = Money(decimal: nodes[amountNode].text, currency: currency)
        else {
            reportInvalid(
                at: amountNode, [name(of: field, schema), "amount"], expected: Expectation.amount(in: currency))
            return false
        }
        slots[field].number = money.minorUnits
        slots[field].currency = currency
        return true
    }

    /// What a list holds.
    enum ListForm: Equatable {
        /// 1–8, no repeats.
        case topics
        /// Up to that many, no repeats.
        case identifiers(countMax: Int)

        static let topicsMax = 8

        func isElement(_ text: UnsafeRawBufferPointer) -> Bool {
            self == .topics ? Identifier.isTopic(text) : Identifier.isValid(text)
        }

        func allows(count: Int) -> Bool {
            switch self {
            case .topics: count >= 1 && count <= ListForm.topicsMax
            case .identifiers(let countMax): count <= countMax
            }
        }
    }

    /// Reads a list of strings without repeats.
    func readList(
        _ form: ListForm, field: Int, at index: Int, of schema: UnsafePointer<CompiledSchema>
    ) -> Reading {
        guard nodes[index].is(.array), form.allows(count: Int(nodes[index].count)) else { return .bad }
        var reading = Reading.good
        let end = Int(nodes[index].next)
        var element = index + 1
        while element < end {
            let node = nodes[element]
            let place = [name(of: field, schema)]
            if !node.is(.string) || !form.isElement(node.text) {
                reportInvalid(
                    at: element, place, element: element - index - 1,
                    expected: form == .topics ? Expectation.topic : Expectation.identifier)
                reading = .reported
            } else if isRepeat(element, from: index + 1) {
                reportInvalid(at: element, place, element: element - index - 1, expected: "no repeats in the list")
                reading = .reported
            }
            // A compound element is at fault itself; what it holds is not looked at.
            if Int(node.next) != element + 1 { return .reported }
            element += 1
        }
        return reading
    }

    private func isRepeat(_ element: Int, from first: Int) -> Bool {
        let text = nodes[element].text
        for earlier in first..<element where nodes[earlier].is(.string) {
            if nodes[earlier].text.elementsEqual(text) { return true }
        }
        return false
    }

    /// A member of `data` that is no field: `ext`, or a fault.
    func readOther(at index: Int, isExt: Bool, of schema: UnsafePointer<CompiledSchema>) {
        guard isExt else {
            reportUnknown(at: index, in: [], expected: "a field of \(tables.schema(schema).name)")
            return
        }
        guard nodes[index].is(.object) else {
            reportInvalid(at: index, ["ext"], expected: "an object")
            return
        }
        guard nodes[index].value_length <= CodingLimits.extSizeBytesMax else {
            add(
                .extTooLarge, ["ext"], expected: "at most \(CodingLimits.extSizeBytesMax) bytes",
                found: "\(nodes[index].value_length) bytes")
            return
        }
        let limit = CodingLimits.exactIntegerMax
        for inner in index + 1..<max(index + 1, Int(nodes[index].next)) where nodes[inner].is(.integer) {
            if nodes[inner].integer > limit || nodes[inner].integer < -limit {
                add(
                    .invalidField, path(to: inner, from: index, ["ext"]),
                    expected: "an integer within ±(2^53−1)", found: nodes[inner].excerpt)
            }
        }
    }

    /// The tokens of the pointer from `data` to a node somewhere in the compound at `container`.
    private func path(to target: Int, from container: Int, _ prefix: [String]) -> [String] {
        var path = prefix
        var container = container
        while container != target {
            let isObject = nodes[container].is(.object)
            var child = container + 1
            var count = 0
            while Int(nodes[child].next) <= target {
                child = Int(nodes[child].next)
                count += 1
            }
            path.append(isObject ? String(decoding: nodes[child].keyText, as: UTF8.self) : String(count))
            container = child
        }
        return path
    }
}
