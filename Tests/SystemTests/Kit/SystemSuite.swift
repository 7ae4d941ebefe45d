import Foundation
import Testing

/// The release programs, run as programs: a daemon on a data directory of its own, asked over its real socket.
///
/// One test at a time, as each uses the whole machine.
@Suite("System", .serialized) enum SystemSuite {}

/// What a test found, as a sentence. Thrown where a test's body runs on a thread of its own.
struct SystemFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Throws with the message unless the condition holds: an expectation that works on any thread.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws {
    guard condition else { throw SystemFailure(message()) }
}

/// Runs a blocking body on a thread of its own, so that the tests beside it keep theirs.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try body() }) }
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// Runs the body on so many threads at a time, each with its number, until all have ended.
/// - Throws: what the first of them threw.
func inParallel<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
    let results = Guarded([Int: Result<Value, any Error>]())
    let group = DispatchGroup()
    for number in 0..<count {
        group.enter()
        let thread = Thread {
            let result = Result { try body(number) }
            results.with { $0[number] = result }
            group.leave()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }
    group.wait()
    return try results.with { results in try (0..<count).compactMap { try results[$0]?.get() } }
}

/// A value behind a lock.
final class Guarded<Value>: @unchecked Sendable {
    // Sendable: `value` is only touched while `lock` is held.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}

/// Waiting for what has no event of its own.
enum Wait {
    /// Looks every few milliseconds until the condition holds.
    static func until(_ what: String, seconds: Double, _ condition: () throws -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while try !condition() {
            guard Date() < end else { throw SystemFailure("waited \(seconds) s in vain: \(what)") }
            Thread.sleep(forTimeInterval: 0.003)
        }
    }
}

/// Says what a test found out, beside whether it passed.
func note(_ text: String) {
    FileHandle.standardError.write(Data("SystemTests: \(text)\n".utf8))
}
