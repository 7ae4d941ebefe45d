import EventLog
import Testing

@testable import LedgerEngine

@Suite struct ListMarksTests {
    private static func add(_ ids: [String], to marks: inout ListMarks) {
        for id in ids { Array(id.utf8).withUnsafeBytes { marks.add($0) } }
    }

    @Test("The first round is everyone's, the next ones of those marked in them, each once")
    func rounds() {
        var marks = ListMarks()
        Self.add(["ada"], to: &marks)
        #expect(marks.take().marked == .everyone)
        #expect(marks.take().marked == .some([]))
        Self.add(["bea", String(repeating: "x", count: 64), "bea"], to: &marks)
        #expect(marks.take().marked == .some(["bea", String(repeating: "x", count: 64)]))
        #expect(marks.take().marked == .some([]))
    }

    @Test("More marks than are remembered are everyone's, and take no memory any more")
    func bound() {
        var marks = ListMarks()
        _ = marks.take()
        let ids = (0..<ListMarks.bytesMax / 10).map { "influencer-\($0)" }
        Self.add(ids, to: &marks)
        #expect(marks.take().marked == .everyone)
        Self.add(["ada"], to: &marks)
        #expect(marks.take().marked == .some(["ada"]))
    }

    @Test("A row is marked once in a round, and again in the next")
    func rowsAreMarkedOnce() {
        let overlay = Overlay()
        let (fact, id) = (Array("".utf8), Array("ada".utf8))
        fact.withUnsafeBytes { fact in
            id.withUnsafeBytes { id in
                let row = overlay.append(fact, at: Position(1), to: ViewKeys.influencer, id, hash: 7)
                #expect(overlay.mark(row, round: 1))
                #expect(!overlay.mark(row, round: 1))
                #expect(overlay.mark(row, round: 2))
                #expect(Array(overlay.key(of: row)) == Array("iada".utf8))
            }
        }
    }
}
