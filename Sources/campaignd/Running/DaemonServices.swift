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
        try await server.run { manager.ready("serving") }
    }
}

/// Says how the daemon is, gives the watchdog its signs of life, and says that the daemon stops.
///
/// The watchdog is fed by the commit loop: while that gives no sign of life nothing is sent, and systemd restarts the
/// daemon. Nothing that was acknowledged is lost by that.
struct NotifyService: Service {
    let manager: ServiceManager
    /// The bound of stopping, in seconds.
    let stopSeconds: Int
    /// How long the commit loop has been silent, in nanoseconds; nil before its first sign of life.
    let writerSilence: @Sendable () -> UInt64?
    /// How the daemon is, in a line.
    let status: @Sendable () -> String

    /// Between statuses.
    private static let statusNanoseconds: UInt64 = 10_000_000_000
    /// The commit loop looks around each second when it has nothing to do; less is no silence.
    private static let silenceNanosecondsMin: UInt64 = 2_000_000_000

    func run() async throws {
        let ended = AsyncStream<Void>.makeStream()
        let watchdog = feeding()
        defer { watchdog?.cancel() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in ended.stream {} }
                group.addTask {
                    while (try? await Task.sleep(nanoseconds: Self.statusNanoseconds)) != nil {
                        manager.status(status())
                    }
                }
                await group.next()
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            ended.continuation.finish()
        }
        manager.stopping(secondsMax: stopSeconds + Self.stopMarginSeconds)
        // Storage that hangs would hold up the rest for ever: what was not acknowledged is not lost by ending.
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(stopSeconds)) {
            _exit(DaemonExit.failure.rawValue)
        }
    }

    /// What systemd gives the stop more than its bound is, so that the daemon ends itself and says why.
    private static let stopMarginSeconds = 5

    /// Feeds the watchdog, if there is one, on a thread of its own: many questions must not let it starve.
    private func feeding() -> (any DispatchSourceTimer)? {
        guard let interval = manager.watchdogNanoseconds else { return nil }
        let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "watchdog"))
        timer.schedule(deadline: .now(), repeating: .nanoseconds(Int(interval)))
        timer.setEventHandler { feed(interval) }
        timer.resume()
        return timer
    }

    private func feed(_ interval: UInt64) {
        guard let silence = writerSilence(), silence <= max(interval, Self.silenceNanosecondsMin) else { return }
        manager.tell("WATCHDOG=1")
    }
}
