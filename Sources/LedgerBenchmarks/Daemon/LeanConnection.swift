/// A kept-alive HTTP/1.1 connection to the daemon's Unix socket for single questions, blocking.
final class LeanConnection {
    private let socket: Socket
    private var received: [UInt8] = []

    init(_ path: String) throws {
        socket = try Socket(.unix(path))
    }

    struct Answer {
        let status: Int
        let body: [UInt8]
    }

    func get(_ path: String) throws -> Answer {
        try socket.send(Array("GET \(path) HTTP/1.1\r\nHost: ledger\r\n\r\n".utf8))
        received.removeAll(keepingCapacity: true)
        while true {
            try socket.receive(into: &received, most: 1 << 16)
            let answer = try received.withUnsafeBytes { bytes in
                try HTTPAnswer(bytes).map { Answer(status: $0.status, body: Array($0.body)) }
            }
            if let answer { return answer }
        }
    }
}
