import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ctrl-C, a terminal that is closed and whoever asks politely (SIGINT, SIGHUP, SIGTERM) make the command end and say
/// how far it came; a second time the process ends at once. Unfinished files are removed, and the exit status is 128
/// and the signal's number, either way.
enum Interruption {
    /// The signal that came first.
    private final class Receipt: Sendable {
        let signal = Mutex<Int32?>(nil)
    }

    static func watch<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await work() }
        let receipt = Receipt()
        let sources = watched().map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isFirst = receipt.signal.withLock { first -> Bool in
                    defer { first = first ?? number }
                    return first == nil
                }
                guard isFirst else {
                    OutputFile.removeUnfinished()
                    exit(ExitStatus(signal: number).rawValue)
                }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { sources.forEach { $0.cancel() } }
        do {
            return try await task.value
        } catch let error {
            guard let number = receipt.signal.withLock({ $0 }), Main.failure(for: error)?.status == .interrupted
            else { throw error }
            throw CommandFailure(ExitStatus(signal: number), "")
        }
    }

    /// The signals to watch, whose own effect is switched off. Whoever was told to outlive its terminal (nohup) does.
    private static func watched() -> [Int32] {
        [SIGINT, SIGHUP, SIGTERM].filter { number in
            let before = signal(number, SIG_IGN)
            return number != SIGHUP || unsafeBitCast(before, to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
        }
    }
}
