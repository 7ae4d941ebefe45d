package import FoundationEssentials
import NIOCore

/// The lines of a streamed answer, without their LF (and CR), one at a time. At most one chunk and one line are held.
package struct LedgerLines: AsyncSequence, Sendable {
    package typealias Element = Data
    /// The longest line that is taken: the ledger's events have at most 64 KiB and a little more around them.
    package static let lineBytesMax = 1_024 * 1_024

    private let connection: LedgerConnection

    init(_ connection: LedgerConnection) {
        self.connection = connection
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(connection)
    }

    /// Ends the answer before its end.
    package func close() {
        connection.close()
    }

    package struct Iterator: AsyncIteratorProtocol {
        private let connection: LedgerConnection
        private var buffer = ByteBuffer()
        private var hasEnded = false

        init(_ connection: LedgerConnection) {
            self.connection = connection
        }

        package mutating func next() async throws(LedgerClientError) -> Data? {
            try await nextLine()
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(LedgerClientError) -> Data? {
            try await nextLine()
        }

        private mutating func nextLine() async throws(LedgerClientError) -> Data? {
            while true {
                if let line = takeLine() {
                    return line
                }
                guard !hasEnded else {
                    return takeRest()
                }
                guard buffer.readableBytes <= LedgerLines.lineBytesMax else {
                    connection.close()
                    throw .unexpectedAnswer(status: 200, "a line has more than \(LedgerLines.lineBytesMax) bytes")
                }
                let connection = connection
                let chunk = try await LedgerClient.translating(nil) {
                    try await connection.nextChunk()
                } onCancel: {
                    connection.close()
                }
                append(chunk)
            }
        }

        private mutating func append(_ chunk: ByteBuffer?) {
            guard var chunk else {
                hasEnded = true
                connection.close()
                return
            }
            if buffer.readableBytes == 0 {
                buffer = chunk
            } else {
                buffer.discardReadBytes()
                buffer.writeBuffer(&chunk)
            }
        }

        private mutating func takeLine() -> Data? {
            let view = buffer.readableBytesView
            guard let end = view.firstIndex(of: 10) else { return nil }
            let line = view[view.startIndex..<end]
            buffer.moveReaderIndex(forwardBy: line.count + 1)
            return Data(line.last == 13 ? line.dropLast() : line)
        }

        private mutating func takeRest() -> Data? {
            guard buffer.readableBytes > 0 else { return nil }
            let rest = Data(buffer.readableBytesView)
            buffer.clear()
            return rest
        }
    }
}
