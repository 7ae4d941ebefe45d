internal import CSimdjson
internal import CampaignDomain

// The bodies of policies (Projections, section 8). Read last, since `kind` may stand behind `body`.
extension FieldReader {
    func readPolicyBody(field: Int, of schema: UnsafePointer<CompiledSchema>) {
        let index = Int(slots[field].node)
        let kindField = Int(schema.pointee.fieldOfName[Int(tables.kindName)])
        guard nodes[index].is(.object) else {
            reportInvalid(field: field, of: schema)
            return
        }
        parameters.removeAll(keepingCapacity: true)
        guard kindField < schema.pointee.fields.count, slots[kindField].node != 0, slots[kindField].isGood,
            let kind = PolicyKind(rawValue: UInt8(truncatingIfNeeded: slots[kindField].number))
        else { return }
        slots[field].isGood = readPolicy(kind, at: index, [name(of: field, schema)])
    }

    /// Reads a kind's parameters from an object.
    ///
    /// - Parameter place: of the object, for faults.
    /// - Returns: whether `parameters` are good.
    func readPolicy(_ kind: PolicyKind, at index: Int, _ place: [String]) -> Bool {
        parameters.removeAll(keepingCapacity: true)
        let faultCountBefore = faultCount
        switch kind {
        case .tax: readThresholds(at: index, place)
        case .trust, .advocacy: readParameters(at: index, kind, tables.policyTables[Int(kind.rawValue)], place)
        }
        return faultCount == faultCountBefore
    }

    private func readParameters(at index: Int, _ kind: PolicyKind, _ table: PolicyTable, _ place: [String]) {
        let faultCountBefore = faultCount
        parameters = [Int64](repeating: -1, count: table.parameters.count)
        var isPresent = [Bool](repeating: false, count: table.parameters.count)
        var member = index + 1
        while member < Int(nodes[index].next) {
            let name = nodes[member].key_id
            if let group = table.groups.first(where: { $0.name == name && name != 0 }) {
                readGroup(at: member, group.members, table, place, &isPresent)
            } else {
                readParameter(at: member, Int(table.single[Int(name)]), table, place, &isPresent)
            }
            member = Int(nodes[member].next)
        }
        for (parameter, isPresent) in zip(table.parameters, isPresent) where !isPresent {
            reportMissing(place + parameter.path, expected: Expectation.integer(parameter.range))
        }
        guard faultCount == faultCountBefore, let fault = PolicyParameter.fault(in: parameters, of: kind) else {
            return
        }
        add(.brokenRule, place + fault.path, expected: fault.expected, found: "\(found(fault.path, table))")
    }

    /// What a rule between parameters found: the sum of a group, or the value.
    private func found(_ path: [String], _ table: PolicyTable) -> Int64 {
        zip(table.parameters, parameters).lazy.filter { $0.0.path.starts(with: path) }.map(\.1).reduce(0, +)
    }

    private func readGroup(
        at index: Int, _ members: [Int16], _ table: PolicyTable, _ place: [String], _ isPresent: inout [Bool]
    ) {
        let place = place + [String(decoding: nodes[index].keyText, as: UTF8.self)]
        guard nodes[index].is(.object) else {
            reportInvalid(at: index, place, expected: "an object")
            for parameter in members where parameter >= 0 { isPresent[Int(parameter)] = true }
            return
        }
        var member = index + 1
        while member < Int(nodes[index].next) {
            readParameter(at: member, Int(members[Int(nodes[member].key_id)]), table, place, &isPresent)
            member = Int(nodes[member].next)
        }
    }

    private func readParameter(
        at index: Int, _ parameter: Int, _ table: PolicyTable, _ place: [String], _ isPresent: inout [Bool]
    ) {
        guard parameter >= 0 else {
            reportUnknown(at: index, in: place, expected: "a parameter of this kind of policy")
            return
        }
        isPresent[parameter] = true
        let range = table.parameters[parameter].range
        guard nodes[index].is(.integer), range.contains(nodes[index].integer) else {
            let name = table.parameters[parameter].path.last ?? ""
            reportInvalid(at: index, place + [name], expected: Expectation.integer(range))
            return
        }
        parameters[parameter] = nodes[index].integer
    }

    /// The body of a tax policy: `{"thresholds": [{"fromYear": …, "usd": …}, …]}`.
    private func readThresholds(at index: Int, _ place: [String]) {
        var list = 0
        var member = index + 1
        while member < Int(nodes[index].next) {
            if nodes[member].key_id == tables.thresholdsName {
                list = member
            } else {
                reportUnknown(at: member, in: place, expected: "only thresholds")
            }
            member = Int(nodes[member].next)
        }
        let place = place + ["thresholds"]
        guard list != 0 else {
            reportMissing(place, expected: Expectation.thresholds)
            return
        }
        guard nodes[list].is(.array), nodes[list].count >= 1, nodes[list].count <= PolicyParameter.taxThresholdsMax
        else {
            reportInvalid(at: list, place, expected: Expectation.thresholds)
            return
        }
        var element = list + 1
        for count in 0..<Int(nodes[list].count) {
            readThreshold(at: element, place + [String(count)])
            element = Int(nodes[element].next)
        }
    }

    private func readThreshold(at index: Int, _ place: [String]) {
        guard nodes[index].is(.object) else {
            reportInvalid(at: index, place, expected: "an object of fromYear and usd")
            return
        }
        var year = 0
        var amount = 0
        var member = index + 1
        while member < Int(nodes[index].next) {
            switch nodes[member].key_id {
            case tables.fromYearName: year = member
            case tables.usdName: amount = member
            default: reportUnknown(at: member, in: place, expected: "only fromYear and usd")
            }
            member = Int(nodes[member].next)
        }
        if year == 0 { reportMissing(place + ["fromYear"], expected: Expectation.integer(FieldReader.years)) }
        if amount == 0 { reportMissing(place + ["usd"], expected: Expectation.amount(in: .usd)) }
        guard year != 0, amount != 0 else { return }
        guard nodes[year].is(.integer), FieldReader.years.contains(nodes[year].integer) else {
            reportInvalid(at: year, place + ["fromYear"], expected: Expectation.integer(FieldReader.years))
            return
        }
        for earlier in stride(from: 0, to: parameters.count, by: 2) where parameters[earlier] == nodes[year].integer {
            reportInvalid(at: year, place + ["fromYear"], expected: "each year once")
            return
        }
        guard nodes[amount].is(.string), let money = Money(decimal: nodes[amount].text, currency: .usd) else {
            reportInvalid(at: amount, place + ["usd"], expected: Expectation.amount(in: .usd))
            return
        }
        parameters.append(nodes[year].integer)
        parameters.append(money.minorUnits)
    }

    private static let years: ClosedRange<Int64> = 0...9999
}
