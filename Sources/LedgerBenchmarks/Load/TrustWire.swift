/// Asks the daemon for the trust of influencers of a simulated programme.
final class TrustWire: Wire {
    /// What a request asks for.
    enum Question {
        /// Request n asks for a random influencer.
        case random(seed: UInt64)
        /// Request n asks for a random influencer at position n or later.
        case visible(seed: UInt64)
    }

    private let influencers: Int
    private let question: Question
    private var chance: Chance

    init(influencers: Int, _ question: Question) {
        self.influencers = influencers
        self.question = question
        switch question {
        case .random(let seed), .visible(let seed): chance = Chance(seed: seed)
        }
    }

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        bytes.append("GET /v1/influencers/inf-")
        // The simulator's identifiers: seven digits, from 1.
        let number = 1 + chance.below(influencers)
        var scale = 1_000_000
        while scale > max(number, 1) {
            bytes.append(0x30)
            scale /= 10
        }
        bytes.append(decimal: number)
        bytes.append("/trust")
        if case .visible = question {
            bytes.append("?minPosition=")
            bytes.append(decimal: request)
        }
        bytes.append(" HTTP/1.1\r\nHost: ledger\r\n\r\n")
        return nil
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken {
        guard let answer = try HTTPAnswer(bytes) else { return Taken(bytes: 0, answer: .partial) }
        guard answer.status == 200 else { throw BenchmarkFault("campaignd answers a query with \(answer.text)") }
        return Taken(bytes: answer.byteCount, answer: .whole)
    }
}
