internal import Glibc
internal import LMDB

/// A read transaction that is either lent to one caller or rests, reset, in its pool.
///
/// `@unchecked Sendable`: with `MDB_NOTLS` a read transaction may move between threads; the pool lends it to one caller
/// at a time, and the counters are touched under the pool's lock.
final class Reader: @unchecked Sendable {
    let transaction: ReadTransaction
    // The transaction must not outlive its environment.
    private let environment: Environment
    fileprivate var begunNanoseconds: UInt64 = 0
    fileprivate var place = 0

    fileprivate init(environment: Environment) throws(LMDBError) {
        transaction = try ReadTransaction(beginIn: environment)
        self.environment = environment
    }
}

/// Lends read transactions, and is the gate that keeps them out while the map grows.
///
/// Beginning a transaction searches the reader table under a lock; renewing one that rests does not, so those that were
/// given back are kept. A pthread lock rather than a readers/writer lock, since a snapshot may be given back on another
/// thread than it was taken on.
///
/// `@unchecked Sendable`: all mutable state is touched under `mutex`.
final class ReaderPool: @unchecked Sendable {
    private let environment: Environment
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var resting: [Reader] = []
    private var lent: [Reader] = []
    // Lent, or about to be: a reader counts from before its transaction begins.
    private var lentCount = 0
    private var isClosed = false
    private var isShut = false

    /// Readers kept resting; more are let go, so that they do not hold slots for ever.
    static let restingMax = 64

    init(environment: Environment) {
        self.environment = environment
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// A reader with a fresh snapshot; waits while the gate is closed. Give it back with `giveBack`.
    func take() throws(LMDBError) -> Reader {
        pthread_mutex_lock(mutex)
        while isClosed { pthread_cond_wait(changed, mutex) }
        guard !isShut else {
            pthread_mutex_unlock(mutex)
            throw LMDBError(code: EBADF, operation: "mdb_txn_begin")
        }
        let rested = resting.popLast()
        lentCount += 1
        pthread_mutex_unlock(mutex)
        do throws(LMDBError) {
            let reader = try begin(rested)
            pthread_mutex_lock(mutex)
            reader.begunNanoseconds = monotonicNanoseconds()
            reader.place = lent.count
            lent.append(reader)
            pthread_mutex_unlock(mutex)
            return reader
        } catch {
            pthread_mutex_lock(mutex)
            countDown()
            pthread_mutex_unlock(mutex)
            throw error
        }
    }

    /// Ends the reader's snapshot.
    func giveBack(_ reader: Reader) {
        reader.transaction.reset()
        pthread_mutex_lock(mutex)
        lent[reader.place] = lent[lent.count - 1]
        lent[reader.place].place = reader.place
        lent.removeLast()
        if isShut {
            // The environment may be closed as soon as none is lent, and its transaction must not be touched after that:
            // kept for ever, which is until the process ends.
            _ = Unmanaged.passRetained(reader)
        } else if resting.count < Self.restingMax {
            resting.append(reader)
        }
        countDown()
        pthread_mutex_unlock(mutex)
    }

    /// Runs `body` while no snapshot is open, holding new ones back.
    ///
    /// - Returns: false, without having run it, if the open ones were not given back in time.
    func exclusively<Failure: Error>(
        waitingNanoseconds: UInt64, _ body: () throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        pthread_mutex_lock(mutex)
        while isClosed { pthread_cond_wait(changed, mutex) }
        isClosed = true
        let isAlone = waitUntilNoneIsLent(waitingNanoseconds)
        pthread_mutex_unlock(mutex)
        defer {
            pthread_mutex_lock(mutex)
            isClosed = false
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        if isAlone { try body() }
        return isAlone
    }

    /// Whether the pool is shut: the environment is closed, or about to be.
    var isClosedForGood: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return isShut
    }

    /// Lets all resting readers go and refuses new ones; before the environment is closed.
    func shut() {
        pthread_mutex_lock(mutex)
        isShut = true
        resting.removeAll()
        pthread_mutex_unlock(mutex)
    }

    /// How many snapshots are open besides one, and for how long the oldest has been, in nanoseconds.
    func ages(besides own: Reader?) -> (count: Int, oldestNanoseconds: UInt64) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let now = monotonicNanoseconds()
        let others = lent.filter { $0 !== own }
        let oldest = others.reduce(now) { min($0, $1.begunNanoseconds) }
        return (others.count, now - oldest)
    }

    private func begin(_ rested: Reader?) throws(LMDBError) -> Reader {
        guard let rested else { return try Reader(environment: environment) }
        try rested.transaction.renew()
        return rested
    }

    // Under the lock.
    private func countDown() {
        lentCount -= 1
        if lentCount == 0, isClosed { pthread_cond_broadcast(changed) }
    }

    // Under the lock.
    private func waitUntilNoneIsLent(_ waitingNanoseconds: UInt64) -> Bool {
        let deadline = monotonicNanoseconds() + waitingNanoseconds
        var time = timespec(
            tv_sec: Int(deadline / nanosecondsPerSecond), tv_nsec: Int(deadline % nanosecondsPerSecond))
        while lentCount > 0 {
            if pthread_cond_timedwait(changed, mutex, &time) == ETIMEDOUT { return lentCount == 0 }
        }
        return true
    }
}

private let nanosecondsPerSecond: UInt64 = 1_000_000_000

/// The monotonic clock: for ages and waits only, nothing that is stored.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * nanosecondsPerSecond + UInt64(time.tv_nsec)
}
