import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore
import Testing

@testable import LedgerEngine

@Suite struct OverlayTests {
    /// Bytes in the form of a fact: length, type, time, position, and a payload of that many bytes.
    private static func fact(payload: Int, fill: UInt8) -> [UInt8] {
        var writer = FactWriter()
        writer.append(fixed: UInt64(FactFormat.headerBytes - 2 + payload), bytes: 2)
        writer.append(byte: 1)
        writer.append(instant: Instant(microseconds: 7))
        writer.append(fixed: 0, bytes: 5)
        for _ in 0..<payload { writer.append(byte: fill) }
        return writer.bytes
    }

    private static func placed(_ fact: [UInt8], at position: UInt64) -> [UInt8] {
        var fact = fact
        fact.withUnsafeMutableBytes { bytes in
            if let base = bytes.baseAddress { FactFormat.setPosition(FactPosition(position), at: base) }
        }
        return fact
    }

    private static func add(_ fact: [UInt8], at position: UInt64, to id: String, _ overlay: Overlay) -> Overlay.Row {
        let key = Array(id.utf8)
        return key.withUnsafeBytes { id in
            fact.withUnsafeBytes { fact in
                overlay.append(fact, at: Position(position), to: ViewKeys.influencer, id, hash: hash(id))
            }
        }
    }

    /// Few different hashes, so that keys of one chain are told apart by their bytes.
    private static func hash(_ id: UnsafeRawBufferPointer) -> UInt64 {
        KeyHash(id).high % 5 &* 0x1000_0000_0000_1001
    }

    @Test("Each row has its facts in the order in which they came, with their positions", arguments: [UInt64(1), 2])
    func keepsRows(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        let overlay = Overlay(capacity: 64)
        var model: [String: [UInt8]] = [:]
        for position in UInt64(1)...5000 {
            let id = "influencer-\(generator.next() % 700)"
            let fact = Self.fact(payload: Int(generator.next() % 60), fill: UInt8(truncatingIfNeeded: position))
            _ = Self.add(fact, at: position, to: id, overlay)
            model[id, default: []] += Self.placed(fact, at: position)
        }
        #expect(overlay.rows.count == model.count)
        for (id, facts) in model {
            let row = Array(id.utf8).withUnsafeBytes { id in
                overlay.row(ViewKeys.influencer, id, hash: Self.hash(id)).map { overlay.facts(of: $0) }
            }
            #expect(row == facts, "seed \(seed): \(id)")
        }
        let absent = Array("influencer-".utf8).withUnsafeBytes { id in
            overlay.row(ViewKeys.influencer, id, hash: Self.hash(id))
        }
        #expect(absent == nil)
    }

    @Test("A campaign is linked once to each influencer who names it, whatever the order")
    func links() {
        let overlay = Overlay()
        let fact = Self.fact(payload: 1, fill: 1)
        var position: UInt64 = 0
        for campaign in ["a", "b", "a", "ab", "b", "a"] {
            for influencer in ["x", "yy"] {
                position += 1
                let row = Self.add(fact, at: position, to: influencer, overlay)
                Array(campaign.utf8).withUnsafeBytes { campaign in
                    Array(influencer.utf8).withUnsafeBytes { overlay.link(campaign, to: $0, row: row) }
                }
            }
        }
        let keys = overlay.rows.map { String(decoding: overlay.key(of: $0), as: UTF8.self) }
        let links = ["a", "b", "ab"].flatMap { campaign in ["x", "yy"].map { "l\(campaign)\0\($0)" } }
        #expect(keys.sorted() == (links + ["ix", "iyy"]).sorted())
    }

    @Test("A checkpoint's pieces are in key order, join to the rows, and cut large ones between facts")
    func pieces() {
        let overlay = Overlay()
        let long = String(repeating: "k", count: 20)
        var model: [String: [UInt8]] = [:]
        for position in UInt64(1)...4000 {
            let id = position % 3 == 0 ? "big" : "\(long)\(position * 7919 % 500)"
            let fact = Self.fact(payload: 70, fill: UInt8(truncatingIfNeeded: position))
            _ = Self.add(fact, at: position, to: id, overlay)
            model["i" + id, default: []] += Self.placed(fact, at: position)
        }
        let pieces = CheckpointPieces(overlay)
        var joined: [String: [UInt8]] = [:]
        var keys: [String] = []
        for index in 0..<pieces.count {
            let key = String(decoding: pieces.key(at: index), as: UTF8.self)
            let size = pieces.sizeBytes(at: index)
            #expect(size <= ViewLimits.pieceSizeBytesMax)
            let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                if let base = buffer.baseAddress { pieces.write(at: index, into: base) }
                count = size
            }
            #expect(size % 86 == 0, "a fact was cut")
            keys.append(key)
            joined[key, default: []] += bytes
        }
        #expect(keys == keys.sorted())
        #expect(keys.filter { $0 == "ibig" }.count > 1)
        #expect(joined == model)
    }
}
