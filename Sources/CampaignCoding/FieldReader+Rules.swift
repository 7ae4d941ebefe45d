internal import CSimdjson
internal import CampaignDomain

// Rules between fields (Events, section 3). A rule is silent where a field that it names is absent or has a fault of
// its own.
extension FieldReader {
    func check(_ rule: CompiledRule, time: Int64, of schema: UnsafePointer<CompiledSchema>) {
        let first = slots[rule.first]
        let second = slots[rule.second]
        let firstName = { self.name(of: rule.first, schema) }
        let secondName = { self.name(of: rule.second, schema) }
        if rule.kind == .exactlyOne {
            guard (first.node == 0) == (second.node == 0) else { return }
            let found = first.node == 0 ? "neither" : "both"
            add(.brokenRule, [], expected: "exactly one of \(firstName()) and \(secondName())", found: found)
            return
        }
        guard first.node != 0, first.isGood, second.node != 0, second.isGood else { return }
        switch rule.kind {
        case .sameCurrency:
            guard first.currency != second.currency else { return }
            add(
                .brokenRule, [secondName(), "currency"], expected: "\(first.currency.code), as in \(firstName())",
                found: FaultText.quoted(second.currency.code))
        case .notGreater:
            guard first.number > second.number else { return }
            add(
                .brokenRule, [firstName()], expected: "no more than \(secondName())",
                found: nodes[Int(first.node)].excerpt)
        case .notAfterTime:
            guard first.number > time else { return }
            add(
                .brokenRule, [firstName()], expected: "no later than the event's time",
                found: nodes[Int(first.node)].excerpt)
        case .exactlyOne: return
        }
    }
}
