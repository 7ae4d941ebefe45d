import Glibc

/// One of the engine's own threads: LMDB's writers must begin and commit on the same thread, and a blocked commit must
/// not hold a thread of the cooperative pool.
package final class WorkerThread: @unchecked Sendable {
    // @unchecked: `thread` is written once in `init` and only read by `join`, which is called once.
    private var thread = pthread_t()

    /// Starts a thread that runs `body` to its end.
    ///
    /// - Parameters:
    ///   - name: at most 15 characters (the kernel's limit).
    ///   - niceness: how far it steps back for the others when all want a core: 0 not at all, 19 the most.
    package init(name: String, niceness: Int32 = 0, body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(name: name, niceness: niceness, body: body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                WorkerThread.setName(start.name)
                // On Linux that is of the calling thread alone. It needs no privilege to be nicer, so it cannot fail.
                if start.niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, start.niceness) }
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
    package func join() {
        pthread_join(thread, nil)
    }

    private final class Start {
        let name: String
        let niceness: Int32
        let body: @Sendable () -> Void

        init(name: String, niceness: Int32, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.niceness = niceness
            self.body = body
        }
    }
}
