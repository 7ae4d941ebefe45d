import Glibc

/// A thread that runs one piece of blocking work, and what came of it.
final class WorkerThread<Value: Sendable>: Sendable {
    private let outcome = Outcome<Value>()
    private let thread: pthread_t

    init(_ body: @escaping @Sendable () throws -> Value) throws {
        let outcome = outcome
        thread = try startThread(Work { outcome.result = Result(catching: body) })
    }

    /// Waits for the end. To be called once.
    func join() throws -> Value {
        pthread_join(thread, nil)
        return try outcome.result!.get()
    }
}

private final class Outcome<Value: Sendable>: Sendable {
    // Written by the thread before it ends, read only after `pthread_join`.
    nonisolated(unsafe) var result: Result<Value, any Error>?
}

private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

/// Not generic, since a C function pointer cannot be.
private func startThread(_ work: Work) throws -> pthread_t {
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(work)
    let code = pthread_create(
        &thread, nil,
        { pointer in
            Unmanaged<Work>.fromOpaque(pointer!).takeRetainedValue().body()
            return nil
        }, retained.toOpaque())
    guard code == 0 else {
        retained.release()
        throw BenchmarkFault.system("start a thread", code: code)
    }
    return thread
}
