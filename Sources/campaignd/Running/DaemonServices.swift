import Dispatch
import Glibc
import LedgerEngine
import LedgerHTTP
import Logging
import ServiceLifecycle
import Synchronization

/// Why the daemon ends on its own.
struct StorageFailure: Error, CustomStringConvertible {
    let description: String
}

/// Tells once that the storage failed.
final class FatalFlag: Sendable {
    private let reason = Mutex<String?>(nil)
    let stream: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation

    init() {
        (stream, continuation) = AsyncStream<String>.makeStream()
    }

    func raise(_ text: String) {
        reason.withLock { $0 = $0 ?? text }
        continuation.yield(text)
    }

    /// Lets whoever waits go on without a failure.
    func finish() {
        continuation.finish()
    }

    var text: String? { reason.withLock { $0 } }
}

/// Keeps the ledger until everything that uses it has stopped, then closes it.
struct LedgerService: Service {
    let ledger: Ledger
    let fatal: FatalFlag

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            for await _ in fatal.stream { break }
        } onCancelOrGracefulShutdown: {
            fatal.finish()
        }
        if let text = fatal.text { throw StorageFailure(description: text) }
    }

    /// Closing blocks while the queue is drained and synced, so it has a thread of its own.
    static func close(_ ledger: Ledger) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                ledger.close()
                continuation.resume()
            }
        }
    }
}

/// Serves the socket.
struct HTTPService: Service {
    let server: LedgerServer
    let manager: ServiceManager

    func run() async throws {
        try await server.run { manager.tell("READY=1") }
    }
}

/// Gives the watchdog its signs of life, and says that the daemon stops.
struct NotifyService: Service {
    let manager: ServiceManager
    /// The bound of stopping, in seconds.
    let stopSeconds: Int

    func run() async throws {
        let ended = AsyncStream<Void>.makeStream()
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in ended.stream {} }
                if let interval = manager.watchdogNanoseconds {
                    group.addTask {
                        while (try? await Task.sleep(nanoseconds: interval)) != nil { manager.tell("WATCHDOG=1") }
                    }
                }
                await group.next()
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            ended.continuation.finish()
        }
        manager.tell("STOPPING=1")
        // Storage that hangs would hold up the rest for ever: what was not acknowledged is not lost by ending.
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(stopSeconds)) {
            _exit(DaemonExit.failure.rawValue)
        }
    }
}
