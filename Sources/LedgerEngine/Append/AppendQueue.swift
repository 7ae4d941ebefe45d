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
    private struct Pool {
        var requests: [AppendRequest] = []
        var bytes = 0
        var isClosed = false
        /// The writer waits for a request: only then is it worth waking.
        var writerWaits = false
    }

    private let pool = Monitor(Pool())
    private let requestsMax: Int
    private let bytesMax: Int

    init(requestsMax: Int, bytesMax: Int) {
        self.requestsMax = requestsMax
        self.bytesMax = bytesMax
    }

    /// Puts a request in, or says why not. One request larger than the bound is taken when the pool is empty.
    func put(_ request: AppendRequest) -> AppendRefusal? {
        let size = request.batch.byteCount
        return pool.notify { pool in
            if pool.isClosed { return .stopping }
            if pool.requests.count >= requestsMax || (pool.bytes > 0 && pool.bytes + size > bytesMax) { return .busy }
            pool.requests.append(request)
            pool.bytes += size
            return nil
        }
    }

    /// Takes all that waits; waits for the first. Nil when the queue is closed and empty.
    ///
    /// - Parameter nanoseconds: returns an empty array when nothing came in that time.
    func takeAll(waitingAtMost nanoseconds: UInt64) -> [AppendRequest]? {
        let taken: [AppendRequest]?? = pool.wait(atMost: nanoseconds) { pool in
            if !pool.requests.isEmpty {
                defer {
                    pool.requests.removeAll()
                    pool.bytes = 0
                }
                return .some(pool.requests)
            }
            return pool.isClosed ? .some(nil) : nil
        }
        return taken ?? []
    }

    /// Requests that wait now.
    var depth: Int { pool.withLock { $0.requests.count } }

    /// Lets nothing in any more; what waits is still served.
    func close() {
        pool.notify { $0.isClosed = true }
    }
}
