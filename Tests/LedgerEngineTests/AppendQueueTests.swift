import CampaignCoding
import CampaignDomain
import Testing

@testable import LedgerEngine

/// Which requests share a commit.
@Suite struct AppendQueueTests {
    private static let longNanoseconds: UInt64 = 10_000_000_000

    private static func request(_ id: String, events: Int = 1) -> AppendRequest {
        let lines = (0..<events).map { Event.registered("\(id).\($0)", "ada") }
        var body = Array(lines.joined(separator: "\n").utf8)
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        let batch = body.withUnsafeBytes {
            EventAdmission(tables: CatalogueTables()).admit(
                body: UnsafeRawBufferPointer(rebasing: $0[0..<length]), format: .ndjson, now: TestClock().now(),
                poster: Poster(uid: 0, userName: "test"))
        }
        return AppendRequest(batch: batch, validateOnly: false) { _ in }
    }

    private static func queue() -> AppendQueue { AppendQueue(requestsMax: 100, bytesMax: 64 << 20) }

    private static func nanoseconds(of body: () -> Void) -> UInt64 {
        let start = monotonicNanoseconds()
        body()
        return monotonicNanoseconds() - start
    }

    /// Puts requests in one after another, with a pause before each.
    private static func poster(_ queue: AppendQueue, _ count: Int, pauseNanoseconds: UInt64) -> WorkerThread {
        let requests = (0..<count).map { request("p\($0)") }
        return WorkerThread(name: "poster") {
            for request in requests {
                let end = monotonicNanoseconds() + pauseNanoseconds
                while monotonicNanoseconds() < end {}
                _ = queue.put(request)
            }
        }
    }

    @Test("The requests of those just answered are waited for while others wait already")
    func gathers() {
        let queue = AppendQueue(requestsMax: 100, bytesMax: 64 << 20, gatherNanoseconds: Self.longNanoseconds)
        for number in 0..<2 { #expect(queue.put(Self.request("\(number)")) == nil) }
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 2)
        #expect(queue.put(Self.request("2")) == nil)
        queue.willAnswer()
        let poster = Self.poster(queue, 2, pauseNanoseconds: 20_000)
        // Three were on their way: the two answered, and the one that waits.
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 3)
        poster.join()
    }

    @Test("A poster that is alone is not waited for twice", .timeLimit(.minutes(1)))
    func aloneIsAlone() {
        let queue = AppendQueue(requestsMax: 100, bytesMax: 64 << 20, gatherNanoseconds: Self.longNanoseconds)
        let took = Self.nanoseconds {
            for number in 0..<3 {
                // Its next request may be there before the writer looks.
                #expect(queue.put(Self.request("\(number)")) == nil)
                #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 1)
                queue.willAnswer()
            }
        }
        #expect(took < Self.longNanoseconds)
    }

    @Test("Requests that do not come are not waited for long")
    func goesOnWithoutThem() {
        let queue = Self.queue()
        for number in 0..<5 { #expect(queue.put(Self.request("\(number)")) == nil) }
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 5)
        #expect(queue.put(Self.request("5")) == nil)
        let took = Self.nanoseconds {
            #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 1)
        }
        #expect(took < 1_000_000_000)
    }

    @Test("What is large, or many, is taken at once")
    func takesMuchAtOnce() {
        for (count, events) in [(40, 1), (2, 500)] {
            let queue = Self.queue()
            for number in 0..<count { #expect(queue.put(Self.request("\(number)", events: events)) == nil) }
            #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == count)
            for number in 0..<count { #expect(queue.put(Self.request("n\(number)", events: events)) == nil) }
            // In less than one turn of waiting, though the one before was as large.
            let took = Self.nanoseconds {
                #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == count)
            }
            #expect(took < 50_000_000)
        }
    }

    @Test("A queue that is closed gives what waits, then nothing, and takes nothing")
    func closes() {
        let queue = Self.queue()
        for number in 0..<2 { #expect(queue.put(Self.request("\(number)")) == nil) }
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 2)
        #expect(queue.put(Self.request("2")) == nil)
        queue.close()
        guard case .stopping? = queue.put(Self.request("3")) else {
            Issue.record("a closed queue took a request")
            return
        }
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds)?.count == 1)
        #expect(queue.takeAll(waitingAtMost: Self.longNanoseconds) == nil)
    }

    @Test("An idle queue gives nothing after the time")
    func idles() {
        let queue = Self.queue()
        #expect(queue.takeAll(waitingAtMost: 1_000_000)?.isEmpty == true)
        #expect(queue.depth == 0)
    }
}
