import EventLog
import LedgerAPI
import LedgerEngine

extension AppendReceipt {
    /// 201 when something new was recorded, else 200.
    var status: Int { recorded > 0 ? 201 : 200 }

    /// The answer as JSON, as `WireCoding` would write an `AppendAnswer`; by hand, since it is on the hot path.
    var text: [UInt8] {
        var text: [UInt8] = []
        let usualBytes = 96
        text.reserveCapacity(usualBytes)
        text.append("{")
        if !ahead.isEmpty {
            text.append("\"ahead\":[")
            text.append(list: ahead) { $0.append(decimal: UInt64($1)) }
            text.append("],")
        }
        text.append("\"head\":")
        text.append(decimal: head.rawValue)
        text.append(",\"positions\":[")
        text.append(list: runs) { text, run in
            text.append("[")
            text.append(decimal: run.lowerBound)
            text.append(",")
            text.append(decimal: run.upperBound)
            text.append("]")
        }
        text.append("],\"recorded\":")
        text.append(decimal: UInt64(recorded))
        text.append(",\"repeats\":[")
        text.append(list: repeats) { text, item in
            text.append("{\"index\":")
            text.append(decimal: UInt64(item.index))
            text.append(",\"position\":")
            text.append(decimal: item.position.rawValue)
            text.append("}")
        }
        text.append("]}")
        return text
    }

    /// The same answer as a value.
    var answer: AppendAnswer {
        AppendAnswer(
            head: head.rawValue, recorded: recorded,
            positions: runs.map { PositionRun(first: $0.lowerBound, last: $0.upperBound) },
            repeats: repeats.map { RepeatedEvent(index: $0.index, position: $0.position.rawValue) },
            ahead: ahead.isEmpty ? nil : ahead)
    }
}

extension [UInt8] {
    fileprivate mutating func append<Item>(list items: [Item], _ write: (inout [UInt8], Item) -> Void) {
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            write(&self, item)
        }
    }
}
