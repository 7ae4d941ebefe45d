import Glibc

/// One of the engine's own threads: LMDB's writers must begin and commit on the same thread, and a blocked commit must
/// not hold a thread of the cooperative pool.
final class WorkerThread: @unchecked Sendable {
    // @unchecked: `thread` is written once in `init` and only read by `join`, which is called once.
    private var thread = pthread_t()

    /// Starts a thread that runs `body` to its end. The name is at most 15 characters (the kernel's limit).
    init(name: String, body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(name: name, body: body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                WorkerThread.setName(start.name)
                start.body()
                return nil
            }, start.toOpaque())
        precondition(code == 0, "the thread \(name) could not be started: \(String(cString: strerror(code)))")
    }

    /// Names the calling thread, for `top -H` and debuggers. Swift's Glibc shows no `pthread_setname_np`; the kernel's
    /// file does the same.
    private static func setName(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY)
        guard file >= 0 else { return }
        _ = name.withCString { write(file, $0, strlen($0)) }
        Glibc.close(file)
    }

    /// Waits for the thread's end.
    func join() {
        pthread_join(thread, nil)
    }

    private final class Start {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
