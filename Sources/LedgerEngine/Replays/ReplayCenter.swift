import CampaignDomain
import LedgerStore
package import Logging

/// The replays of a ledger: takes them, runs one at a time in the order in which they came, and keeps what they said.
///
///     waiting ──► running ──► succeeded, failed, cancelled
///        ▲           │ the ledger is closed, or ends
///        └───────────┴──► interrupted, after `attemptsMax` attempts
///
/// Invariants: R1 what `start` and `cancel` returned is on the disk. R2 a job that waited or ran when the ledger ended waits
/// after the next start, as a further attempt if it ran. R3 the numbers of jobs ascend and are never given again.
package final class ReplayCenter: Sendable {
    /// Jobs that wait at most; one more is refused.
    package static let waitingMax = 16
    /// Ended jobs that are kept; of more the oldest are removed.
    package static let endedMax = 100
    /// How often a job is tried before it stays interrupted.
    package static let attemptsMax = 3

    package typealias WorkFactory = @Sendable (ReplayRequest) -> any ReplayWork

    struct State {
        var jobs: [UInt64: ReplayJob] = [:]
        var last: UInt64 = 0
        /// The job that runs and how it is doing.
        var running: (number: UInt64, progress: ReplayProgress)?
        /// What a rebuild replaced is being deleted: none may begin meanwhile.
        var isRemoving = false
        var isClosed = false
    }

    let notes: ReplayNotes
    let clock: any LedgerClock
    let logger: Logger
    let work: WorkFactory
    /// Whether what a rebuild replaced is still there.
    private let hasPrevious: @Sendable () -> Bool
    let state: Monitor<State>
    let rate = Monitor(ReplayRate())
    private let thread = Monitor<WorkerThread?>(nil)

    /// Reads the jobs that there are; nothing runs before `begin`.
    ///
    /// - Parameters:
    ///   - path: the ledger's data directory, locked by this process.
    ///   - hasPrevious: tells whether what a rebuild replaced is still there.
    ///   - work: makes the work of a job's attempt.
    /// - Throws: `StoreError` if the directory of the jobs cannot be used; a damaged file of a job is set aside.
    package init(
        dataDirectory path: String, clock: any LedgerClock, logger: Logger,
        hasPrevious: @escaping @Sendable () -> Bool, work: @escaping WorkFactory
    ) throws {
        notes = try ReplayNotes(dataDirectory: path, logger: logger)
        self.clock = clock
        self.logger = logger
        self.hasPrevious = hasPrevious
        self.work = work
        let (jobs, last) = try notes.load()
        var state = State()
        state.last = last
        for job in jobs {
            let resumed = Self.resumed(job, at: clock.now())
            if resumed != job {
                // A disk that is full, perhaps of what this job left, must not keep the ledger from being opened.
                do { try notes.write(resumed) } catch {
                    logger.error(
                        "what became of a replay was not noted",
                        metadata: ["replay": "\(job.number)", "error": "\(error)"])
                }
                logger.notice(
                    "a replay was interrupted",
                    metadata: ["replay": "\(job.number)", "attempt": "\(job.attempt)", "now": "\(resumed.state)"])
            }
            state.jobs[job.number] = resumed
        }
        self.state = Monitor(state)
    }

    /// What becomes of a job at a start: one that ran waits for its next attempt, or stays interrupted.
    private static func resumed(_ job: ReplayJob, at now: Instant) -> ReplayJob {
        guard job.state == .running else { return job }
        var job = job
        let isCalledOff = job.isCalledOff
        job.progress = ReplayProgress.State()
        job.progress.isCancelled = isCalledOff
        // One that was called off is ended by the replays' thread, which gives up what its attempts left.
        if job.attempt < attemptsMax || isCalledOff {
            job.state = .waiting
            job.attempt += 1
        } else {
            job.state = .interrupted
            job.ended = now
            job.error =
                "the daemon ended in the middle of each of its \(attemptsMax) attempts. Start another one when the "
                + "daemon will run for long enough, or with more cores and a greater share."
        }
        return job
    }

    /// Starts the thread that runs the jobs.
    package func begin(_ ledger: Ledger) {
        thread.withLock { thread in
            guard thread == nil, !state.withLock({ $0.isClosed }) else { return }
            thread = WorkerThread(name: "replays", niceness: ReplayPace.niceness) { [self] in run(ledger) }
        }
    }

    /// Takes no more, calls off what runs so that it counts as interrupted, and waits for its thread.
    package func close() {
        let running = state.notify { state in
            state.isClosed = true
            return state.running?.progress
        }
        running?.cancel()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    // MARK: Starting

    /// Notes a job, durably; it runs when those before it have ended.
    package func start(_ request: ReplayRequest) throws(ReplayRefusal) -> ReplayJob {
        guard let job = try start(request, unlessOneIs: nil) else { preconditionFailure("nothing kept the job away") }
        return job
    }

    /// Starts it unless one of its kind waits or runs: then nil.
    package func startUnlessPending(_ request: ReplayRequest) throws(ReplayRefusal) -> ReplayJob? {
        try start(request, unlessOneIs: request.kind)
    }

    private func start(_ request: ReplayRequest, unlessOneIs kind: ReplayKind?) throws(ReplayRefusal) -> ReplayJob? {
        let created = clock.now()
        let outcome = state.notify { state -> Result<ReplayJob?, ReplayRefusal> in
            guard !state.isClosed else { return .failure(.closed) }
            if let kind, state.jobs.values.contains(where: { !$0.state.isEnded && $0.request.kind == kind }) {
                return .success(nil)
            }
            let waiting = state.jobs.values.count { $0.state == .waiting }
            guard waiting < Self.waitingMax else { return .failure(.busy(waiting: waiting)) }
            let job = ReplayJob(number: state.last + 1, request: request, created: created)
            do {
                try notes.noteLast(job.number)
                try notes.write(job)
            } catch { return .failure(.storage("\(error)")) }
            state.last = job.number
            state.jobs[job.number] = job
            return .success(job)
        }
        let job = try outcome.get()
        if let job { log("a replay was asked for", job) }
        return job
    }

    /// Whether a job of the kind waits or runs.
    package func isPending(_ kind: ReplayKind) -> Bool {
        state.withLock { $0.jobs.values.contains { !$0.state.isEnded && $0.request.kind == kind } }
    }

    // MARK: Looking

    /// All jobs, the newest first.
    package var all: [ReplayJob] {
        let (jobs, progress) = state.withLock { state in
            (state.jobs.values.sorted { $0.number > $1.number }, state.running?.progress)
        }
        let keeper = jobs.first { $0.replaced }
        return jobs.map { job in
            var job = job
            if job.state == .running, let progress { live(&job, progress) }
            if job.number == keeper?.number { job.keepsPrevious = hasPrevious() }
            return job
        }
    }

    /// A job as it is now; nil if there is none of that number.
    package func job(_ number: UInt64) -> ReplayJob? {
        all.first { $0.number == number }
    }

    /// The jobs before that of a number, the newest first.
    package func page(before number: UInt64?, limit: Int) -> Page<ReplayJob> {
        let rest = all.filter { number == nil || $0.number < number ?? 0 }
        let items = Array(rest.prefix(limit))
        return Page(items: items, next: rest.count > items.count ? items.last.map { "\($0.number)" } : nil)
    }

    private func live(_ job: inout ReplayJob, _ progress: ReplayProgress) {
        let isCalledOff = job.isCalledOff
        job.progress = progress.now
        // The ledger's closing calls the work off, not the job.
        job.progress.isCancelled = isCalledOff
        job.stepsPerSecond = rate.withLock { $0.stepsPerSecond(job.progress) }
        job.secondsLeft = ReplayRate.secondsLeft(job.progress, stepsPerSecond: job.stepsPerSecond)
    }

    func log(_ what: String, _ job: ReplayJob) {
        logger.notice(
            "\(what)",
            metadata: [
                "replay": "\(job.number)", "kind": "\(job.request.kind.rawValue)", "state": "\(job.state.rawValue)",
                "attempt": "\(job.attempt)", "findings": "\(job.progress.findingCount)",
                "error": "\(job.error ?? "none")",
            ])
    }
}

extension ReplayJob {
    /// It put something in the place of what served.
    var replaced: Bool {
        state == .succeeded && (request.kind == .rebuild || request.kind == .goBack)
    }
}
