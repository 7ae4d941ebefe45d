import CampaignCoding
import EventLog

/// One request on its way to the writer.
struct AppendRequest: Sendable {
    let batch: AdmittedBatch
    let validateOnly: Bool
    let completion: @Sendable (Result<AppendReceipt, AppendRefusal>) -> Void
}

/// Requests that wait for the next commit: a bounded pool that the writer swaps for an empty one.
final class AppendQueue: Sendable {
    fileprivate struct Pool {
        var requests: [AppendRequest] = []
        var bytes = 0
        var isClosed = false
        /// Bounds of what may wait.
        var requestsMax: Int
        var bytesMax: Int
        /// How many requests the writer waits for.
        var wanted = 1
        /// How many it took the last time.
        var lastTaken = 0
        /// How many waited when it was about to answer those: they are of other posters.
        var othersWaiting = 0
    }

    private let pool: Monitor<Pool>
    private let gatherNanoseconds: UInt64

    /// How often the writer waits for more of the requests that it expects.
    private static let gatherTurnsMax = 4
    /// With more requests than that there are enough for one commit while others are on their way.
    private static let gatherRequestsMax = 16
    /// Bytes of records that are worth a commit of their own.
    private static let gatherBytesMax = 64 << 10

    /// - Parameter gatherNanoseconds: how long the writer waits for one more of the requests that it expects.
    init(requestsMax: Int, bytesMax: Int, gatherNanoseconds: UInt64 = 100_000) {
        self.gatherNanoseconds = gatherNanoseconds
        pool = Monitor(Pool(requestsMax: requestsMax, bytesMax: bytesMax))
    }

    /// Puts a request in, or says why not. One request larger than the bound is taken when the pool is empty.
    func put(_ request: AppendRequest) -> AppendRefusal? {
        let size = request.batch.byteCount
        var refusal: AppendRefusal?
        pool.notify(if: { pool in
            refusal = pool.refusal(of: size)
            guard refusal == nil else { return false }
            pool.requests.append(request)
            pool.bytes += size
            return pool.requests.count >= pool.wanted || pool.bytes >= Self.gatherBytesMax
        })
        return refusal
    }

    /// Takes all that waits; waits for the first. Nil when the queue is closed and empty.
    ///
    /// Posters that wait for their answers post again soon after them. So where a group was small and others wait
    /// already, those just answered are given a moment to be in the next group: one commit for all of them takes little
    /// longer than one for some, and nobody waits for two.
    /// - Parameter nanoseconds: returns an empty array when nothing came in that time.
    func takeAll(waitingAtMost nanoseconds: UInt64) -> [AppendRequest]? {
        let expected = pool.withLock { $0.lastTaken + $0.othersWaiting }
        if expected > 1, expected <= Self.gatherRequestsMax { gather(expected) }
        let taken: [AppendRequest]?? = pool.wait(atMost: nanoseconds) { pool in
            pool.wanted = 1
            if !pool.requests.isEmpty { return .some(take(&pool)) }
            pool.lastTaken = 0
            pool.othersWaiting = 0
            return pool.isClosed ? .some(nil) : nil
        }
        return taken ?? []
    }

    /// The requests taken the last time are about to be answered: what comes from now on may be of the same posters.
    func willAnswer() {
        pool.withLock { $0.othersWaiting = $0.requests.count }
    }

    /// Waits for so many requests as long as they keep coming.
    private func gather(_ wanted: Int) {
        var count = 0
        for _ in 0..<Self.gatherTurnsMax {
            let isDone: Bool? = pool.wait(atMost: gatherNanoseconds) { pool in
                pool.wanted = wanted
                return pool.requests.count >= wanted || pool.bytes >= Self.gatherBytesMax || pool.isClosed ? true : nil
            }
            let now = pool.withLock { $0.requests.count }
            if isDone != nil || now == count { return }
            count = now
        }
    }

    private func take(_ pool: inout Pool) -> [AppendRequest] {
        defer {
            pool.lastTaken = pool.bytes >= Self.gatherBytesMax ? 0 : pool.requests.count
            pool.othersWaiting = 0
            pool.requests = []
            pool.requests.reserveCapacity(pool.lastTaken)
            pool.bytes = 0
        }
        return pool.requests
    }

    /// Requests that wait now.
    var depth: Int { pool.withLock { $0.requests.count } }

    /// Bytes of the requests that wait now.
    var bytes: Int { pool.withLock { $0.bytes } }

    /// Other bounds for what is put in from now on.
    func setBounds(requestsMax: Int, bytesMax: Int) {
        pool.withLock { pool in
            pool.requestsMax = requestsMax
            pool.bytesMax = bytesMax
        }
    }

    /// Lets nothing in any more; what waits is still served.
    func close() {
        pool.notify { $0.isClosed = true }
    }
}

extension AppendQueue.Pool {
    /// Why a request of that size cannot be taken.
    fileprivate func refusal(of size: Int) -> AppendRefusal? {
        if isClosed { return .stopping }
        return requests.count >= requestsMax || (bytes > 0 && bytes + size > bytesMax) ? .busy : nil
    }
}
