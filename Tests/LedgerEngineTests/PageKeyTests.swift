import CampaignDomain
import LedgerEngine
import Testing

@Suite("Places in cursors")
struct PageKeyTests {
    @Test("A place comes back as it was")
    func sound() {
        for kind in ExceptionKind.allCases {
            for events in [[1], [3, 2], [UInt64.max >> 1]] {
                let place = ExceptionPlace(
                    kind: kind, since: Instant(microseconds: 1_767_225_600_000_001),
                    events: events.map { FactPosition($0) })
                #expect(ExceptionPlace(key: place.key, head: .max) == place)
            }
        }
        let posting = PostingPlace(
            day: Day(20_000), event: Stamp(time: Instant(microseconds: 5), position: FactPosition(9)))
        #expect(PostingPlace(key: posting.key, head: 9) == posting)
        let post = PostPlace(
            published: Stamp(time: Instant(microseconds: -5), position: FactPosition(9)))
        #expect(PostPlace(key: post.key, head: 9) == post)
    }

    @Test("A place of events that the log cannot have is none")
    func beyond() {
        #expect(PostingPlace(key: "20000 5 9", head: 8) == nil)
        #expect(PostingPlace(key: "20000 5 0", head: 8) == nil)
        #expect(ExceptionPlace(key: "repeated 5 8.9", head: 8) == nil)
        #expect(ExceptionPlace(key: "repeated 5 8", head: 8) != nil)
        #expect(ExceptionPlace(key: "repeated 5 ", head: 8) == nil)
        #expect(PostingPlace(key: "20000 5 1", head: 0) == nil)
        for key in ["5 9", "5 0", "5", "p1", "", "5 1 1", " 1", "5 "] { #expect(PostPlace(key: key, head: 8) == nil) }
    }
}
