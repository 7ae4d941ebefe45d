import EventLog

/// A record for tests, its parts as text.
struct SampleRecord {
    var id = "e-1"
    var source = "/shop"
    var subjectID = "inf-7"
    var userName = "ann"
    var correlationID: String? = "c1"
    var causationID: String?
    var traceParent: String?
    var traceState: String?
    var data = #"{"a":1}"#

    static let recordedTime: Int64 = 1_700_000_000_000_001

    /// Prepared, not yet sealed.
    func prepared() throws(RecordFault) -> [UInt8] {
        let parts = [id, source, subjectID, userName, data].map { Array($0.utf8) }
        let extensions = [correlationID, causationID, traceParent, traceState].map { $0.map { Array($0.utf8) } }
        var buffer: [UInt8] = []
        try build(parts, extensions, &buffer)
        return buffer
    }

    func sealed() throws(RecordFault) -> [UInt8] {
        var bytes = try prepared()
        bytes.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: Self.recordedTime) }
        return bytes
    }

    private func build(_ parts: [[UInt8]], _ extensions: [[UInt8]?], _ buffer: inout [UInt8]) throws(RecordFault) {
        // The arrays are kept in memory of their own, so that every pointer stays valid while the record is built.
        let held = (parts + extensions.map { $0 ?? [] }).map { bytes -> UnsafeMutableRawBufferPointer in
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
            memory.copyBytes(from: bytes)
            return memory
        }
        defer { held.forEach { $0.deallocate() } }
        func lent(_ index: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(held[index]) }
        var builder = RecordBuilder(
            typeCode: 0x0102, schemaVersion: 3, timeMicroseconds: -2, posterUID: 1000, subjectKind: .influencer)
        builder.id = lent(0)
        builder.source = lent(1)
        builder.subjectID = lent(2)
        builder.userName = lent(3)
        builder.data = lent(4)
        builder.correlationID = extensions[0] == nil ? nil : lent(5)
        builder.causationID = extensions[1] == nil ? nil : lent(6)
        builder.traceParent = extensions[2] == nil ? nil : lent(7)
        builder.traceState = extensions[3] == nil ? nil : lent(8)
        try builder.append(to: &buffer)
        var encoded = [UInt8](repeating: 0, count: buffer.count)
        let result = encoded.withUnsafeMutableBytes { memory in
            Result { () throws(RecordFault) in try builder.encode(into: memory) }
        }
        let size = try result.get()
        precondition(size == buffer.count && encoded == buffer, "both ways to encode must agree")
    }
}

func text(_ bytes: UnsafeRawBufferPointer?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
}
