import Glibc
import Synchronization

/// Posts a programme over some connections, each sending the next request when its last one is answered.
struct Load {
    /// How long to wait when the daemon's queue is full, in microseconds, and how often in a row at most.
    private static let busyMicroseconds: UInt32 = 5_000
    private static let busyMax = 12_000

    let programme: ProgrammeFile
    let requests: [ProgrammeFile.Request]
    let socket: String
    let clients: Int
    /// Called now and then by the first client, a few dozen times in all.
    var observe: @Sendable () -> Void = {}

    /// What came of it.
    struct Outcome: Sendable {
        /// From the first byte sent to the last acknowledgement.
        var seconds = 0.0
        var recorded = 0
        /// Answers 429.
        var busy = 0
        /// How long each request took, in no order.
        var latencies = Latencies()
    }

    /// Posts it all; every event must be recorded.
    func run() throws -> Outcome {
        let load = self
        let next = NextRequest()
        let watch = Stopwatch()
        var outcome = Outcome()
        if clients == 1 {
            outcome = try load.post(as: 0, next: next)
        } else {
            let threads = try (0..<clients).map { client in
                try WorkerThread { try load.post(as: client, next: next) }
            }
            for result in threads.map({ thread in Result { try thread.join() } }) {
                let part = try result.get()
                outcome.recorded += part.recorded
                outcome.busy += part.busy
                outcome.latencies.add(part.latencies)
            }
        }
        outcome.seconds = watch.seconds
        let events = requests.reduce(0) { $0 + $1.events }
        guard outcome.recorded == events else {
            throw BenchmarkFault("\(outcome.recorded) of \(events) events were recorded: the ledger was not empty.")
        }
        return outcome
    }

    /// The request that no client has taken yet.
    private final class NextRequest: Sendable {
        private let index = Atomic<Int>(0)

        func take() -> Int {
            index.wrappingAdd(1, ordering: .relaxed).oldValue
        }
    }

    private func post(as client: Int, next: NextRequest) throws -> Outcome {
        let connection = try LeanConnection(socket)
        var outcome = Outcome()
        outcome.latencies.reserve(requests.count / clients + 1)
        let observeEvery = max(requests.count / 64, 1)
        while true {
            let index = next.take()
            guard index < requests.count else { return outcome }
            let request = requests[index]
            let watch = Stopwatch()
            outcome.recorded += try post(request, over: connection, busy: &outcome.busy)
            outcome.latencies.record(nanoseconds: watch.nanoseconds)
            if client == 0, index % observeEvery == 0 {
                observe()
            }
        }
    }

    private func post(
        _ request: ProgrammeFile.Request, over connection: LeanConnection, busy: inout Int
    ) throws -> Int {
        for _ in 0..<Self.busyMax {
            let answer = try connection.post(ndjson: UnsafeRawBufferPointer(rebasing: programme.bytes[request.bytes]))
            switch answer.status {
            case 201: return try Self.recorded(answer.body)
            case 429:
                busy += 1
                usleep(Self.busyMicroseconds)
            default:
                throw BenchmarkFault(
                    "campaignd answers \(answer.status) to a post: \(String(decoding: answer.body, as: UTF8.self))")
            }
        }
        throw BenchmarkFault("campaignd answers 429 for a minute: the writer does not move.")
    }

    /// The count after `"recorded":`, without decoding the answer: a client must cost little.
    private static func recorded(_ body: ArraySlice<UInt8>) throws -> Int {
        let digits = body.withUnsafeBytes { bytes -> Int? in
            guard let start = bytes.end(of: "\"recorded\":") else { return nil }
            return Int(String(decoding: bytes[start...].prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
        }
        guard let digits else {
            throw BenchmarkFault("A post is answered without a count: \(String(decoding: body, as: UTF8.self))")
        }
        return digits
    }
}
