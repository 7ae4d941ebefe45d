import Foundation
import NIOCore
import Testing

@testable import campaignctl

@Suite struct BatchSourceTests {
    /// The batches of an input, each as its lines and their numbers.
    private func batches(_ text: String, batchEvents: Int = 1_000, asPipe: Bool = false) async throws -> [PostBatch] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let descriptor = try FileDescriptor.openForReading(file.path)
        defer { FileDescriptor.close(descriptor) }
        var source = BatchSource(
            descriptor: descriptor, name: "in.ndjson", isFile: !asPipe, batchEvents: batchEvents)
        var batches: [PostBatch] = []
        while let batch = try await source.next() {
            batches.append(batch)
        }
        return batches
    }

    @Test func `blank lines are left out and lines keep their numbers`() async throws {
        let all = try await batches("\n{1}\n  \r\n{2}\r\n\t\n{3}")
        #expect(all.map(\.lines) == [[2, 4, 6]])
        #expect(all.map { String(buffer: $0.body) } == ["{1}\n{2}\r\n{3}\n"])
        #expect(try await batches("").isEmpty)
        #expect(try await batches("\n\n").isEmpty)
    }

    @Test(arguments: [false, true])
    func `every event comes once, in order, in batches of at most as many as asked for`(asPipe: Bool) async throws {
        let text = (1...25).map { "{\($0)}\n" }.joined()
        let all = try await batches(text, batchEvents: 10, asPipe: asPipe)
        #expect(all.flatMap(\.lines) == Array(1...25))
        #expect(all.allSatisfy { $0.lines.count <= 10 })
        #expect(all.map { String(buffer: $0.body) }.joined() == text)
        #expect(all.map(\.inputBytes).reduce(0, +) == text.utf8.count)
    }

    @Test func `a batch has at most 8 MiB`() async throws {
        let line = "{" + String(repeating: "x", count: 3 * 1_024 * 1_024) + "}\n"
        let all = try await batches(line + line + line + line + line)
        #expect(all.map(\.lines) == [[1, 2], [3, 4], [5]])
        #expect(all.allSatisfy { $0.body.readableBytes <= BatchSource.bytesMax })
    }

    @Test func `a line that can be no event is refused with its number`() async {
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await batches("{1}\n" + String(repeating: "x", count: 9 * 1_024 * 1_024))
        }
        #expect(failure?.description.hasPrefix("in.ndjson:2: the line has more than 8.0 MiB") == true)
        #expect(failure?.status == .refused)
    }

    @Test func `an array is refused with what to do`() async {
        let failure = await #expect(throws: CommandFailure.self) { _ = try await batches("\n[{\"a\":1}]\n") }
        #expect(failure?.description.hasPrefix("in.ndjson:2: the line begins with [") == true)
        #expect(failure?.description.contains("jq -c '.[]'") == true)
    }

    @Test func `a pipe's events are not kept waiting for a full batch`() async throws {
        let pipe = Pipe()
        var source = BatchSource(
            descriptor: pipe.fileHandleForReading.fileDescriptor, name: "standard input", isFile: false)
        try pipe.fileHandleForWriting.write(contentsOf: Data("{1}\n{2}\n{half".utf8))
        #expect(try await source.next()?.lines == [1, 2])
        try pipe.fileHandleForWriting.write(contentsOf: Data("}\n".utf8))
        let second = try await source.next()
        #expect(second?.lines == [3])
        #expect(second.map { String(buffer: $0.body) } == "{half}\n")
        try pipe.fileHandleForWriting.close()
        #expect(try await source.next() == nil)
    }
}
