import Glibc

/// State behind a lock, with a condition to wait on. For the engine's own threads, which may block; code on the
/// cooperative pool takes the lock only for moments.
final class Monitor<State>: @unchecked Sendable {
    // @unchecked: `state` is only touched between lock and unlock.
    private var state: State
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        // Timeouts must not jump when somebody sets the wall clock.
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs `body` alone. Does not wake anybody.
    func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }

    /// Runs `body` alone and wakes all who wait.
    func notify<Result>(_ body: (inout State) -> Result) -> Result {
        // Woken after the lock is given back: who wakes earlier only goes to sleep again, on the lock.
        defer { pthread_cond_broadcast(condition) }
        return withLock(body)
    }

    /// Runs `body` alone and wakes all who wait if it says so: a wake-up costs more than what it is often for.
    func notify(if body: (inout State) -> Bool) {
        if withLock(body) { pthread_cond_broadcast(condition) }
    }

    /// Waits until `body` returns a value, asked again after each notification, or until the time is over: then nil.
    ///
    /// - Parameter nanoseconds: how long to wait at most; nil waits for ever.
    func wait<Result>(atMost nanoseconds: UInt64? = nil, for body: (inout State) -> Result?) -> Result? {
        let deadline = nanoseconds.map { timespec(monotonicNanoseconds() + $0) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            if var deadline {
                if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return body(&state) }
            } else {
                pthread_cond_wait(condition, mutex)
            }
        }
    }
}

/// Nanoseconds of the monotonic clock. For waiting and measuring only, never part of an answer.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

extension timespec {
    fileprivate init(_ nanoseconds: UInt64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}
