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
    /// The signal that came first, and how the work is told of it.
    private final class Receipt: Sendable {
        struct State {
            var signal: Int32?
            var cancel: (@Sendable () -> Void)?
        }

        let state = Mutex(State())

        var signal: Int32? { state.withLock { $0.signal } }

        /// Notes a signal. - Returns: false if it is not the first.
        func note(_ number: Int32) -> Bool {
            let (isFirst, cancel) = state.withLock { state in
                defer { state.signal = state.signal ?? number }
                return (state.signal == nil, state.cancel)
            }
            if isFirst { cancel?() }
            return isFirst
        }

        /// Says how the work is ended; that is done at once if a signal has come already.
        func begin(_ cancel: @escaping @Sendable () -> Void) {
            let isLate = state.withLock { state in
                state.cancel = cancel
                return state.signal != nil
            }
            if isLate { cancel() }
        }
    }

    static func watch<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let receipt = Receipt()
        let sources = watched().map { number in
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard !receipt.note(number) else { return }
                OutputFile.removeUnfinished()
                exit(ExitStatus(signal: number).rawValue)
            }
            return source
        }
        // A signal that comes before its source is registered would be lost: the work begins after that.
        for source in sources { await register(source) }
        defer { sources.forEach { $0.cancel() } }
        let task = Task { try await work() }
        receipt.begin { task.cancel() }
        do {
            return try await task.value
        } catch let error {
            guard let number = receipt.signal, Main.failure(for: error)?.status == .interrupted else { throw error }
            throw CommandFailure(ExitStatus(signal: number), "")
        }
    }

    private static func register(_ source: any DispatchSourceSignal) async {
        await withCheckedContinuation { continuation in
            source.setRegistrationHandler { continuation.resume() }
            source.resume()
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
