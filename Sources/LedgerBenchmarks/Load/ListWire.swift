import Glibc

/// Asks the daemon for the first pages of lists of influencers, one list after another.
final class ListWire: Wire {
    private let requests: [[UInt8]]
    /// How far behind the clock the oldest answer's `at` was, in seconds.
    private(set) var oldestSeconds = 0.0

    /// - Parameter queries: what stands behind the question mark; request n asks for the nth, and so on in turn.
    init(_ queries: [String]) {
        requests = queries.map { Array("GET /v1/influencers?\($0) HTTP/1.1\r\nHost: ledger\r\n\r\n".utf8) }
    }

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        bytes.append(contentsOf: requests[request % requests.count])
        return nil
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken {
        guard let answer = try HTTPAnswer(bytes) else { return Taken(bytes: 0, answer: .partial) }
        guard answer.status == 200 else { throw BenchmarkFault("campaignd answers a list with \(answer.text)") }
        guard let start = answer.body.end(of: "\"at\":\""), let at = Self.seconds(answer.body, at: start) else {
            throw BenchmarkFault("A list does not state its at: \(answer.text)")
        }
        guard answer.body.end(of: "\"influencerId\"") != nil else { throw BenchmarkFault("A list is empty.") }
        oldestSeconds = max(oldestSeconds, Self.now() - at)
        return Taken(bytes: answer.byteCount, answer: .whole)
    }

    /// The instant that begins at an offset, such as `2026-06-30T12:00:00.5Z`, in seconds since 1970.
    private static func seconds(_ body: UnsafeRawBufferPointer, at start: Int) -> Double? {
        let parts = [0, 5, 8, 11, 14, 17].map { body.number(at: start + $0) }
        guard let year = parts[0], let month = parts[1], let day = parts[2], let hour = parts[3],
            let minute = parts[4], let second = parts[5]
        else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (Int32(year - 1900), Int32(month - 1), Int32(day))
        (time.tm_hour, time.tm_min, time.tm_sec) = (Int32(hour), Int32(minute), Int32(second))
        // The fraction is left out: what is measured is whole seconds.
        return Double(timegm(&time))
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec)
    }
}
