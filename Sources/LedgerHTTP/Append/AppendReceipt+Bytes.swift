import EventLog
import LedgerAPI
import LedgerEngine
import NIOCore

extension AppendReceipt {
    /// 201 when something new was recorded, else 200.
    var status: Int { recorded > 0 ? 201 : 200 }

    /// Writes the answer as JSON, as `WireCoding` would write an `AppendAnswer`; by hand, since it is on the hot path.
    func write(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("{")
        if !ahead.isEmpty {
            buffer.writeStaticString("\"ahead\":[")
            buffer.writeList(ahead) { $0.writeDecimal(UInt64($1)) }
            buffer.writeStaticString("],")
        }
        buffer.writeStaticString("\"head\":")
        buffer.writeDecimal(head.rawValue)
        buffer.writeStaticString(",\"positions\":[")
        buffer.writeList(runs) { buffer, run in
            buffer.writeStaticString("[")
            buffer.writeDecimal(run.lowerBound)
            buffer.writeStaticString(",")
            buffer.writeDecimal(run.upperBound)
            buffer.writeStaticString("]")
        }
        buffer.writeStaticString("],\"recorded\":")
        buffer.writeDecimal(UInt64(recorded))
        buffer.writeStaticString(",\"repeats\":[")
        buffer.writeList(repeats) { buffer, item in
            buffer.writeStaticString("{\"index\":")
            buffer.writeDecimal(UInt64(item.index))
            buffer.writeStaticString(",\"position\":")
            buffer.writeDecimal(item.position.rawValue)
            buffer.writeStaticString("}")
        }
        buffer.writeStaticString("]}")
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

extension ByteBuffer {
    fileprivate mutating func writeList<Element>(
        _ elements: [Element], _ write: (inout ByteBuffer, Element) -> Void
    ) {
        for (index, element) in elements.enumerated() {
            if index > 0 { writeStaticString(",") }
            write(&self, element)
        }
    }

    fileprivate mutating func writeDecimal(_ value: UInt64) {
        writeString(String(value))
    }
}
